package dev.tiercel.query;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Names the methods that neither read what is cached nor change it. */
abstract class PassingRules<T> {
  PassingRules() {}

  abstract CachingBuilder<T> passing(Serializable method);

  /**
   * Leaves a method of no arguments alone: it is not cached, and changes nothing that is. What is
   * cached of its result, such as a loader's value or a response, depends on nothing that it read:
   * no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public CachingBuilder<T> passesThrough(VoidCall.Of0<T> method) {
    return passing(method);
  }

  /**
   * Leaves a method of one argument alone: it is not cached, and changes nothing that is. What is
   * cached of its result, such as a loader's value or a response, depends on nothing that it read:
   * no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @param <A> the type of its argument
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public <A extends @Nullable Object> CachingBuilder<T> passesThrough(VoidCall.Of1<T, A> method) {
    return passing(method);
  }

  /**
   * Leaves a method of two arguments alone: it is not cached, and changes nothing that is. What is
   * cached of its result, such as a loader's value or a response, depends on nothing that it read:
   * no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public <A extends @Nullable Object, B extends @Nullable Object> CachingBuilder<T> passesThrough(
      VoidCall.Of2<T, A, B> method) {
    return passing(method);
  }

  /**
   * Leaves a method of three arguments alone: it is not cached, and changes nothing that is. What
   * is cached of its result, such as a loader's value or a response, depends on nothing that it
   * read: no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      CachingBuilder<T> passesThrough(VoidCall.Of3<T, A, B, C> method) {
    return passing(method);
  }

  /**
   * Leaves a method of four arguments alone: it is not cached, and changes nothing that is. What is
   * cached of its result, such as a loader's value or a response, depends on nothing that it read:
   * no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      CachingBuilder<T> passesThrough(VoidCall.Of4<T, A, B, C, D> method) {
    return passing(method);
  }

  /**
   * Leaves a method of five arguments alone: it is not cached, and changes nothing that is. What is
   * cached of its result, such as a loader's value or a response, depends on nothing that it read:
   * no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      CachingBuilder<T> passesThrough(VoidCall.Of5<T, A, B, C, D, E> method) {
    return passing(method);
  }

  /**
   * Leaves a method of six arguments alone: it is not cached, and changes nothing that is. What is
   * cached of its result, such as a loader's value or a response, depends on nothing that it read:
   * no write ends it, unless its tags are named there.
   *
   * @param method a reference to it, by the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <F> the type of its sixth argument
   * @return this
   * @throws IllegalArgumentException if it is no such reference, if the method has a rule already
   */
  public <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          F extends @Nullable Object>
      CachingBuilder<T> passesThrough(VoidCall.Of6<T, A, B, C, D, E, F> method) {
    return passing(method);
  }
}
