package dev.tiercel.query;

import dev.tiercel.cache.Stamp;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TypedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers a method that returns a {@link CompletionStage}: what it completes with is cached.
 * Callers who miss at once all call the target. Thread-safe.
 */
final class StageInvocation implements Invocation {
  private final WrappedMethod method;
  private final Surroundings around;
  private final CallKeys keys;
  private final CallTags tags;
  private final TypedCache<Object>[] views;
  private final Freezing freezing;
  private final Complaint complaint;

  StageInvocation(
      WrappedMethod method,
      Surroundings around,
      CallKeys keys,
      CallTags tags,
      TypedCache<Object>[] views,
      Freezing freezing,
      Complaint complaint) {
    this.method = method;
    this.around = around;
    this.keys = keys;
    this.tags = tags;
    this.views = views;
    this.freezing = freezing;
    this.complaint = complaint;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The caller gets it, as an object.
  public @Nullable Object invoke(Object wrapper, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    CallKey key = around.isReadPast(complaint) ? null : keys.tell(arguments, complaint);
    if (key == null) {
      around.ledger().dependsOnUnknown();
      return method.call(wrapper, arguments);
    }
    key.forget();
    Optional<Object> hit = views[key.traits()].getIfPresent(key);
    if (hit.isPresent()) {
      return CompletableFuture.completedFuture(hit.get());
    }
    // What the stage completes with, nobody around knows the tags of.
    around.ledger().dependsOnUnknown();
    Stamp stamp = around.cache().stamp(); // Before the call.
    List<Tag> known = tags.ofArguments(arguments == null ? new Object[0] : arguments);
    if (known != null && known.isEmpty()) {
      complaint.report("its tag functions named no tag", null);
    }
    Object stage = method.call(wrapper, arguments);
    CompletableFuture<@Nullable Object> out =
        stage instanceof CompletionStage<?> under
            ? followed(under, key, known == null ? List.of() : known, stamp)
            : null;
    return out == null ? stage : out;
  }

  @Override
  public Object probe(Object probe, @Nullable Object @Nullable [] arguments) {
    throw Probe.Ended.reading(keys.explain(around.cache(), arguments));
  }

  /* Not the stage itself: whoever is first at its value could change it before it is cached. Null if
  nobody can tell when it completes. */
  private @Nullable CompletableFuture<@Nullable Object> followed(
      CompletionStage<?> under, CallKey key, List<Tag> known, Stamp stamp) {
    CompletableFuture<@Nullable Object> out = new CompletableFuture<>();
    try {
      under.whenComplete(
          (value, e) -> {
            if (e != null) {
              out.completeExceptionally(e);
              return;
            }
            Object own = value;
            try {
              own = cached(value, key, known, stamp);
            } catch (Throwable failure) {
              complaint.report("a result could not be cached", failure);
            } finally {
              out.complete(own);
            }
          });
    } catch (Throwable e) {
      complaint.report("it cannot be told when the stage that it returned completes", e);
      return null;
    }
    var unused =
        out.whenComplete(
            (value, e) -> {
              if (out.isCancelled()) {
                under.toCompletableFuture().cancel(true);
              }
            });
    return out;
  }

  /** Caches a value, and returns what is handed out of it. */
  private @Nullable Object cached(
      @Nullable Object value, CallKey key, List<Tag> known, Stamp stamp) {
    if (value == null) {
      return null;
    }
    Object frozen = freezing.frozen(value);
    List<Tag> more = tags.ofResult(CompletableFuture.completedFuture(frozen));
    if (frozen == null || more == null || known.isEmpty()) {
      return frozen;
    }
    List<Tag> all = new ArrayList<>(known);
    all.addAll(more);
    all.add(around.whole());
    all.add(Surroundings.ANY);
    views[key.traits()].put(key, frozen, Tags.of(all), stamp);
    return frozen;
  }
}
