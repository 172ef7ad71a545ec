package dev.tiercel.query;

import org.jspecify.annotations.Nullable;

/** Computes something from the arguments of a call, where {@code java.util.function} ends. */
public final class ArgumentFunction {
  private ArgumentFunction() {}

  /**
   * Of three arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <V> the type of what is computed
   */
  @FunctionalInterface
  public interface Of3<
      A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, V> {
    /**
     * Computes it.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return what is computed
     */
    V apply(A a, B b, C c);
  }

  /**
   * Of four arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <V> the type of what is computed
   */
  @FunctionalInterface
  public interface Of4<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      V> {
    /**
     * Computes it.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @return what is computed
     */
    V apply(A a, B b, C c, D d);
  }

  /**
   * Of five arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <V> the type of what is computed
   */
  @FunctionalInterface
  public interface Of5<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      E extends @Nullable Object,
      V> {
    /**
     * Computes it.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return what is computed
     */
    V apply(A a, B b, C c, D d, E e);
  }

  /**
   * Of six arguments.
   *
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <F> the type of its sixth argument
   * @param <V> the type of what is computed
   */
  @FunctionalInterface
  public interface Of6<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      E extends @Nullable Object,
      F extends @Nullable Object,
      V> {
    /**
     * Computes it.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @param f the sixth argument
     * @return what is computed
     */
    V apply(A a, B b, C c, D d, E e, F f);
  }
}
