package dev.tiercel.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures each call through an interface, and hands it on. Immutable. */
final class ProfiledInterface implements InvocationHandler {
  private static final MethodType SPREAD = MethodType.methodType(Object.class, Object[].class);
  private static final @Nullable Object[] NOTHING = {};

  private final MemoryProfiler profiler;
  private final Object target;
  private final Map<Method, Operation> operations = new HashMap<>();

  private record Operation(String name, MethodHandle handle) {}

  /**
   * Looks the methods up.
   *
   * @throws IllegalArgumentException if it is no interface, or one that may not be called from here
   */
  ProfiledInterface(
      MemoryProfiler profiler, MethodHandles.Lookup lookup, Class<?> type, Object target) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(
          type.getName() + " is no interface; only calls through an interface can be measured");
    }
    this.profiler = profiler;
    this.target = target;
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        operations.put(method, operation(lookup, type, method));
      }
    }
  }

  private Operation operation(MethodHandles.Lookup lookup, Class<?> type, Method method) {
    try {
      MethodHandle handle =
          lookup
              .unreflect(method)
              .bindTo(target)
              .asFixedArity()
              .asSpreader(Object[].class, method.getParameterCount())
              .asType(SPREAD);
      return new Operation(type.getSimpleName() + "." + method.getName(), handle);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          type.getName()
              + "."
              + method.getName()
              + " cannot be called from here: the interface is not public or its module keeps it;"
              + " give MethodHandles.lookup() as the first argument",
          e);
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    @Nullable Object[] arguments = given == null ? NOTHING : given;
    Operation operation = operations.get(method);
    if (operation == null) {
      return ofObject(proxy, method.getName(), arguments);
    }
    Stopwatch watch = profiler.start(operation.name());
    Object result;
    try {
      result = operation.handle().invokeExact(arguments);
    } catch (Throwable e) {
      profiler.stop(watch, e);
      throw e;
    }
    profiler.stop(watch);
    return result;
  }

  /* Not measured; as without the wrapper. */
  private Object ofObject(Object proxy, String name, @Nullable Object[] arguments) {
    return switch (name) {
      case "hashCode" -> target.hashCode();
      case "toString" -> target.toString();
      default -> arguments[0] == proxy || target.equals(behind(arguments[0]));
    };
  }

  private static @Nullable Object behind(@Nullable Object object) {
    return object != null
            && Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof ProfiledInterface profiled
        ? profiled.target
        : object;
  }
}
