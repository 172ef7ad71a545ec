package dev.tiercel.query;

import org.jspecify.annotations.Nullable;

/**
 * Calls a method as if there were no wrapper, so that what a loader makes of its result depends on
 * nothing that it read; what a default method calls has its own rule.
 */
record PassingInvocation(WrappedMethod method) implements Invocation {
  @Override
  public @Nullable Object invoke(Object wrapper, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    return method.call(wrapper, arguments);
  }

  @Override
  public @Nullable Object probe(Object probe, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (!method.isOwn()) {
      throw Probe.Ended.refusing(method + " passes through, and is not cached");
    }
    return method.call(probe, arguments);
  }
}
