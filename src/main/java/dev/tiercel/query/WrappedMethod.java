package dev.tiercel.query;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One method of a wrapped interface.
 *
 * @param method the most specific one of those with its name and parameters
 * @param result its result, without type variables
 * @param isOwn whether it is a default method that the target leaves as it is, so that what it
 *     calls is called on the wrapper
 * @param body calls it, with the wrapper before its arguments if it is such a one
 */
record WrappedMethod(Class<?> type, Method method, Type result, boolean isOwn, MethodHandle body) {
  private static final MethodType FORM = MethodType.methodType(Object.class, Object[].class);

  /** What tells a method from others of the interface. */
  record Signature(String name, List<Class<?>> parameters) {
    static Signature of(Method method) {
      return new Signature(method.getName(), List.of(method.getParameterTypes()));
    }
  }

  /** A handle that takes the arguments as an array. */
  static MethodHandle spread(MethodHandle handle) {
    int arguments = handle.type().parameterCount();
    return handle.asFixedArity().asSpreader(Object[].class, arguments).asType(FORM);
  }

  Signature signature() {
    return Signature.of(method);
  }

  /**
   * Calls it as if there were no wrapper.
   *
   * @param wrapper on which it was called; null will do for a method of the target
   */
  @Nullable Object call(@Nullable Object wrapper, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (!isOwn) {
      return (Object) body.invokeExact(arguments);
    }
    int count = arguments == null ? 0 : arguments.length;
    @Nullable Object[] all = new @Nullable Object[count + 1];
    all[0] = wrapper;
    if (arguments != null) {
      System.arraycopy(arguments, 0, all, 1, count);
    }
    return (Object) body.invokeExact(all);
  }

  Class<?> returnType() {
    return ResolvedTypes.erasure(result);
  }

  Class<?>[] parameters() {
    return method.getParameterTypes();
  }

  /** The name of the method with the types of its parameters, for keys. */
  String fullName() {
    return Arrays.stream(parameters())
        .map(Class::getName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  /** The name of the method with the types of its parameters, for people. */
  static String label(Class<?> type, Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(", ", type.getSimpleName() + "." + method.getName() + "(", ")"));
  }

  @Override
  public String toString() {
    return label(type, method);
  }
}
