package dev.tiercel.query;

import dev.tiercel.query.WrappedMethod.Signature;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands each call of a wrapper to what is to be done for its method. Thread-safe.
 *
 * <p>The methods that a proxy class passes are always the same objects, so they are found by
 * identity; a map would call their {@code hashCode} and {@code equals} at every look-up.
 */
final class Wrapper implements InvocationHandler {
  private final Object target;
  private final Map<Signature, Invocation> invocations;

  /* Replaced as a whole, and never changed, when a method is met for the first time. */
  private volatile Table table;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Table(Method[] methods, Invocation[] invocations, int count) {
    static Table ofRoom(int slots) {
      return new Table(new Method[slots], new Invocation[slots], 0);
    }

    @SuppressWarnings("ReferenceEquality") // On purpose, see above.
    @Nullable Invocation find(Method method) {
      int last = methods.length - 1;
      for (int i = System.identityHashCode(method) & last; ; i = (i + 1) & last) {
        Method there = methods[i];
        if (there == method) {
          return invocations[i];
        }
        if (there == null) {
          return null;
        }
      }
    }

    /** The same with one more; at least half of it stays free. */
    Table with(Method method, Invocation invocation) {
      Table grown = ofRoom(2 * (count + 1) > methods.length ? 2 * methods.length : methods.length);
      for (int i = 0; i < methods.length; i++) {
        if (methods[i] != null) {
          grown.put(methods[i], invocations[i]);
        }
      }
      grown.put(method, invocation);
      return new Table(grown.methods, grown.invocations, count + 1);
    }

    private void put(Method method, Invocation invocation) {
      int last = methods.length - 1;
      int i = System.identityHashCode(method) & last;
      while (methods[i] != null) {
        i = (i + 1) & last;
      }
      methods[i] = method;
      invocations[i] = invocation;
    }
  }

  Wrapper(Object target, Map<Signature, Invocation> invocations) {
    this.target = target;
    this.invocations = Map.copyOf(invocations);
    this.table = Table.ofRoom(16);
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    return invocation(method).invoke(proxy, arguments);
  }

  /** What is to be done for a method. */
  Invocation invocation(Method method) {
    Invocation known = table.find(method);
    return known == null ? first(method) : known;
  }

  private synchronized Invocation first(Method method) {
    Table known = table;
    Invocation invocation = known.find(method);
    if (invocation == null) {
      invocation = invocations.get(Signature.of(method));
      if (invocation == null) {
        invocation = ofObject(method.getName());
      }
      table = known.with(method, invocation);
    }
    return invocation;
  }

  private Invocation ofObject(String name) {
    return switch (name) {
      case "equals" -> new OfObject(this::isEqual);
      case "hashCode" -> new OfObject((wrapper, arguments) -> target.hashCode());
      case "toString" -> new OfObject((wrapper, arguments) -> target.toString());
      default -> throw new AssertionError(name + " has no rule, although all were asked for");
    };
  }

  /** A method that every object has; a probe answers it too. */
  private record OfObject(BiFunction<Object, @Nullable Object @Nullable [], Object> answer)
      implements Invocation {
    @Override
    public Object invoke(Object wrapper, @Nullable Object @Nullable [] arguments) {
      return answer.apply(wrapper, arguments);
    }

    @Override
    public Object probe(Object probe, @Nullable Object @Nullable [] arguments) {
      return answer.apply(probe, arguments);
    }
  }

  /* Two wrappers are equal if their targets are. */
  private boolean isEqual(Object wrapper, @Nullable Object @Nullable [] arguments) {
    Object other = arguments == null ? null : arguments[0];
    Wrapper of = other == null ? null : of(other);
    return other == wrapper || target.equals(of == null ? other : of.target);
  }

  /**
   * The handler of a wrapper.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Wrapper behind(Object wrapper) {
    Wrapper found = of(wrapper);
    if (found == null) {
      throw new IllegalArgumentException(
          "a "
              + wrapper.getClass().getName()
              + " is no wrapper; give the object that Caching.of(…).build() returned");
    }
    return found;
  }

  private static @Nullable Wrapper of(Object object) {
    return Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Wrapper wrapper
        ? wrapper
        : null;
  }
}
