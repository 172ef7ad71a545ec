package dev.tiercel.query;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls the default methods of public interfaces on a proxy. */
final class DefaultMethod {
  private static final MethodHandle INVOKE;

  static {
    try {
      INVOKE =
          MethodHandles.lookup()
              .findStatic(
                  DefaultMethod.class,
                  "invoke",
                  MethodType.methodType(Object.class, Method.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private DefaultMethod() {}

  /** A handle that takes the proxy and then the arguments. */
  static MethodHandle body(Method method) {
    return INVOKE.bindTo(method).asCollector(Object[].class, method.getParameterCount() + 1);
  }

  @SuppressWarnings("UnusedMethod") // Through INVOKE.
  private static @Nullable Object invoke(Method method, @Nullable Object[] all) throws Throwable {
    @Nullable Object[] arguments = Arrays.copyOfRange(all, 1, all.length);
    return InvocationHandler.invokeDefault(Objects.requireNonNull(all[0]), method, arguments);
  }
}
