package dev.tiercel.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What is chained to a call; refuses to be waited for inside one, which can lock up all threads.
 */
final class Chained<T> extends CompletableFuture<T> {
  private final Places places;

  Chained(Places places) {
    this.places = places;
  }

  @Override
  public T join() {
    refuseInside();
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    refuseInside();
    return super.get();
  }

  private void refuseInside() {
    if (!isDone() && places.isInside()) {
      throw new IllegalStateException(
          "what is chained to a call must not wait for what is chained to another: all threads could"
              + " wait for each other; chain on with thenCompose, or wait for the call itself");
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Chained<>(places);
  }
}
