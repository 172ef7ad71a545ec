package dev.tiercel.query;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A method that returns something, as a reference to it: {@code OrderRepository::findById}. One
 * that is overloaded, or has type parameters of its own, is named with its types: {@code
 * (ResultCall.Of1<OrderRepository, String, Order>) OrderRepository::find}.
 */
public final class ResultCall {
  private ResultCall() {}

  /**
   * A method of no arguments.
   *
   * @param <T> the interface
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of0<T, R extends @Nullable Object> extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target) throws Throwable;
  }

  /**
   * A method of one argument.
   *
   * @param <T> the interface
   * @param <A> the type of its argument
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of1<T, A extends @Nullable Object, R extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its argument
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target, A a) throws Throwable;
  }

  /**
   * A method of two arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of2<
          T, A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target, A a, B b) throws Throwable;
  }

  /**
   * A method of three arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of3<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target, A a, B b, C c) throws Throwable;
  }

  /**
   * A method of four arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of4<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @param d its fourth argument
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target, A a, B b, C c, D d) throws Throwable;
  }

  /**
   * A method of five arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of5<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @param d its fourth argument
     * @param e its fifth argument
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target, A a, B b, C c, D d, E e) throws Throwable;
  }

  /**
   * A method of six arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   * @param <E> the type of its fifth argument
   * @param <F> the type of its sixth argument
   * @param <R> the type of its result
   */
  @FunctionalInterface
  public interface Of6<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          F extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @param d its fourth argument
     * @param e its fifth argument
     * @param f its sixth argument
     * @return its result
     * @throws Throwable whatever it throws
     */
    R call(T target, A a, B b, C c, D d, E e, F f) throws Throwable;
  }
}
