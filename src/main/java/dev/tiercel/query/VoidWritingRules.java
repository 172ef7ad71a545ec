package dev.tiercel.query;

import java.io.Serializable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names the methods that write and return nothing. */
abstract class VoidWritingRules<T> extends PassingRules<T> {
  VoidWritingRules() {}

  abstract CachingBuilder<T> invalidating(Serializable method, WriteRule<?, ?> rule);

  /**
   * Has a method of no arguments without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <R extends @Nullable Object> CachingBuilder<T> invalidates(
      VoidCall.Of0<T> method, Consumer<InvalidatingCall.Of0<R>> rule) {
    InvalidatingCall.Of0<R> made = new InvalidatingCall.Of0<>();
    rule.accept(made);
    return invalidating(method, made);
  }

  /**
   * Has a method of one argument without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
   * @param <A> the type of its argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <A extends @Nullable Object, R extends @Nullable Object> CachingBuilder<T> invalidates(
      VoidCall.Of1<T, A> method, Consumer<InvalidatingCall.Of1<A, R>> rule) {
    InvalidatingCall.Of1<A, R> made = new InvalidatingCall.Of1<>();
    rule.accept(made);
    return invalidating(method, made);
  }

  /**
   * Has a method of two arguments without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      CachingBuilder<T> invalidates(
          VoidCall.Of2<T, A, B> method, Consumer<InvalidatingCall.Of2<A, B, R>> rule) {
    InvalidatingCall.Of2<A, B, R> made = new InvalidatingCall.Of2<>();
    rule.accept(made);
    return invalidating(method, made);
  }

  /**
   * Has a method of three arguments without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> invalidates(
          VoidCall.Of3<T, A, B, C> method, Consumer<InvalidatingCall.Of3<A, B, C, R>> rule) {
    InvalidatingCall.Of3<A, B, C, R> made = new InvalidatingCall.Of3<>();
    rule.accept(made);
    return invalidating(method, made);
  }

  /**
   * Has a method of four arguments without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <R> the type of its result
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already,
   *     or if its rule makes no sense
   */
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> invalidates(
          VoidCall.Of4<T, A, B, C, D> method, Consumer<InvalidatingCall.Of4<A, B, C, D, R>> rule) {
    InvalidatingCall.Of4<A, B, C, D, R> made = new InvalidatingCall.Of4<>();
    rule.accept(made);
    return invalidating(method, made);
  }

  /**
   * Has a method of five arguments without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
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
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> invalidates(
          VoidCall.Of5<T, A, B, C, D, E> method,
          Consumer<InvalidatingCall.Of5<A, B, C, D, E, R>> rule) {
    InvalidatingCall.Of5<A, B, C, D, E, R> made = new InvalidatingCall.Of5<>();
    rule.accept(made);
    return invalidating(method, made);
  }

  /**
   * Has a method of six arguments without a result void what it changes, also when it throws.
   *
   * @param method a reference to it, by the interface
   * @param rule tells the tags of that
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
  @SuppressWarnings({
    "overloads",
    "FunctionalInterfaceClash"
  }) // A method reference fits one better.
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          F extends @Nullable Object,
          R extends @Nullable Object>
      CachingBuilder<T> invalidates(
          VoidCall.Of6<T, A, B, C, D, E, F> method,
          Consumer<InvalidatingCall.Of6<A, B, C, D, E, F, R>> rule) {
    InvalidatingCall.Of6<A, B, C, D, E, F, R> made = new InvalidatingCall.Of6<>();
    rule.accept(made);
    return invalidating(method, made);
  }
}
