package dev.tiercel.query;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A method that returns nothing, or whose result says nothing of what it changed, as a reference to
 * it: {@code OrderRepository::findById}. One that is overloaded, or has type parameters of its own,
 * is named with its types: {@code (VoidCall.Of1<OrderRepository, String>) OrderRepository::find}.
 */
public final class VoidCall {
  private VoidCall() {}

  /**
   * A method of no arguments.
   *
   * @param <T> the interface
   */
  @FunctionalInterface
  public interface Of0<T> extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @throws Throwable whatever it throws
     */
    void call(T target) throws Throwable;
  }

  /**
   * A method of one argument.
   *
   * @param <T> the interface
   * @param <A> the type of its argument
   */
  @FunctionalInterface
  public interface Of1<T, A extends @Nullable Object> extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its argument
     * @throws Throwable whatever it throws
     */
    void call(T target, A a) throws Throwable;
  }

  /**
   * A method of two arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   */
  @FunctionalInterface
  public interface Of2<T, A extends @Nullable Object, B extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @throws Throwable whatever it throws
     */
    void call(T target, A a, B b) throws Throwable;
  }

  /**
   * A method of three arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   */
  @FunctionalInterface
  public interface Of3<
          T, A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @throws Throwable whatever it throws
     */
    void call(T target, A a, B b, C c) throws Throwable;
  }

  /**
   * A method of four arguments.
   *
   * @param <T> the interface
   * @param <A> the type of its first argument
   * @param <B> the type of its second argument
   * @param <C> the type of its third argument
   * @param <D> the type of its fourth argument
   */
  @FunctionalInterface
  public interface Of4<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      extends Serializable {
    /**
     * Calls the method.
     *
     * @param target whose method
     * @param a its first argument
     * @param b its second argument
     * @param c its third argument
     * @param d its fourth argument
     * @throws Throwable whatever it throws
     */
    void call(T target, A a, B b, C c, D d) throws Throwable;
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
   */
  @FunctionalInterface
  public interface Of5<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
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
     * @throws Throwable whatever it throws
     */
    void call(T target, A a, B b, C c, D d, E e) throws Throwable;
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
   */
  @FunctionalInterface
  public interface Of6<
          T,
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          F extends @Nullable Object>
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
     * @throws Throwable whatever it throws
     */
    void call(T target, A a, B b, C c, D d, E e, F f) throws Throwable;
  }
}
