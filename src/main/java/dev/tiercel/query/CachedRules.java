package dev.tiercel.query;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names the methods that read. */
abstract class CachedRules<T> extends WritingRules<T> {
  CachedRules() {}

  abstract CachingBuilder<T> caching(Serializable method, ReadRule<?, ?> rule);

  /**
   * Caches the results of a method of no arguments.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <R extends @Nullable Object> CachingBuilder<T> cached(
      ResultCall.Of0<T, R> method, Consumer<CachedCall.Of0<R>> rule) {
    CachedCall.Of0<R> made = new CachedCall.Of0<>();
    rule.accept(made);
    return caching(method, made);
  }

  /**
   * Caches the results of a method of one argument.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <A> the type of its argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <A extends @Nullable Object, R extends @Nullable Object> CachingBuilder<T> cached(
      ResultCall.Of1<T, A, R> method, Consumer<CachedCall.Of1<A, R>> rule) {
    CachedCall.Of1<A, R> made = new CachedCall.Of1<>();
    rule.accept(made);
    return caching(method, made);
  }

  /**
   * Caches the results of a method of two arguments.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      CachingBuilder<T> cached(
          ResultCall.Of2<T, A, B, R> method, Consumer<CachedCall.Of2<A, B, R>> rule) {
    CachedCall.Of2<A, B, R> made = new CachedCall.Of2<>();
    rule.accept(made);
    return caching(method, made);
  }

  /**
   * Caches the results of a method of three arguments.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> cached(
          ResultCall.Of3<T, A, B, C, R> method, Consumer<CachedCall.Of3<A, B, C, R>> rule) {
    CachedCall.Of3<A, B, C, R> made = new CachedCall.Of3<>();
    rule.accept(made);
    return caching(method, made);
  }

  /**
   * Caches the results of a method of four arguments.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> cached(
          ResultCall.Of4<T, A, B, C, D, R> method, Consumer<CachedCall.Of4<A, B, C, D, R>> rule) {
    CachedCall.Of4<A, B, C, D, R> made = new CachedCall.Of4<>();
    rule.accept(made);
    return caching(method, made);
  }

  /**
   * Caches the results of a method of five arguments.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> cached(
          ResultCall.Of5<T, A, B, C, D, E, R> method,
          Consumer<CachedCall.Of5<A, B, C, D, E, R>> rule) {
    CachedCall.Of5<A, B, C, D, E, R> made = new CachedCall.Of5<>();
    rule.accept(made);
    return caching(method, made);
  }

  /**
   * Caches the results of a method of six arguments.
   *
   * @param method a reference to it, by the interface
   * @param rule tells what they depend on, and how long they live
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <F> the type of its sixth argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          F extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> cached(
          ResultCall.Of6<T, A, B, C, D, E, F, R> method,
          Consumer<CachedCall.Of6<A, B, C, D, E, F, R>> rule) {
    CachedCall.Of6<A, B, C, D, E, F, R> made = new CachedCall.Of6<>();
    rule.accept(made);
    return caching(method, made);
  }
}
