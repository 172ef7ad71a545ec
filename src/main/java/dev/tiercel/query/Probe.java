package dev.tiercel.query;

import dev.tiercel.cache.Explanation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a call of a wrapper reads without carrying it out: its first read ends it. For one
 * call.
 */
final class Probe implements InvocationHandler {
  /** Ends a call at its first read, or where there is none. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<Optional<Explanation>> outcome;

    private Ended(Supplier<Optional<Explanation>> outcome) {
      super("the call is only explained", null, false, false);
      this.outcome = outcome;
    }

    static Ended reading(Optional<Explanation> known) {
      return new Ended(() -> known);
    }

    static Ended refusing(String why) {
      return new Ended(
          () -> {
            throw refusal(why, null);
          });
    }
  }

  private final Wrapper wrapper;
  private final AtomicReference<Ended> end = new AtomicReference<>();

  private Probe(Wrapper wrapper) {
    this.wrapper = wrapper;
  }

  /** As {@link Caching#explain} says. */
  static <T> Optional<Explanation> explain(T wrapper, Caching.Call<? super T> call) {
    Objects.requireNonNull(wrapper, "wrapper must not be null");
    Objects.requireNonNull(call, "call must not be null");
    Probe probe = new Probe(Wrapper.behind(wrapper));
    Object result = null;
    Throwable failure = null;
    try {
      result = call.on(probe.inPlaceOf(wrapper));
    } catch (Throwable e) { // Also what somebody made of the end.
      failure = e;
    }
    Ended end = probe.end.get();
    if (end != null) {
      return end.outcome.get();
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw refusal(
        "the call read nothing and "
            + (failure == null ? "returned " + result : "threw " + failure),
        failure);
  }

  private static IllegalArgumentException refusal(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        why + "; explain one read that is cached, such as orders -> orders.findById(id)", cause);
  }

  @SuppressWarnings("unchecked") // A proxy of the same class.
  private <T> T inPlaceOf(T proxy) {
    Class<?> type = proxy.getClass();
    return (T) Proxy.newProxyInstance(type.getClassLoader(), type.getInterfaces(), this);
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return wrapper.invocation(method).probe(proxy, arguments);
    } catch (Ended e) {
      end.compareAndSet(null, e);
      throw e;
    }
  }
}
