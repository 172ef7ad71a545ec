package dev.tiercel.query;

import dev.tiercel.cache.CacheLoadException;
import dev.tiercel.cache.CacheSource;
import dev.tiercel.cache.LoadReentryException;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TypedCache;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers a method from the cache. Whatever is wrong with its rule costs the caching and never the
 * answer, and what the target throws is thrown as it is. Thread-safe.
 */
final class CachedInvocation implements Invocation {
  private final WrappedMethod method;
  private final Surroundings around;
  private final CallKeys keys;
  private final CallTags tags;
  private final TypedCache<Object>[] views;
  private final Freezing freezing;
  private final Complaint complaint;
  private final Source target = new Source(null);

  CachedInvocation(
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
  public @Nullable Object invoke(Object on, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    Source source = method.isOwn() ? new Source(on) : target;
    CallKey key = around.isReadPast(complaint) ? null : keys.tell(arguments, complaint);
    if (key == null) {
      return uncached(source, arguments);
    }
    return key.isFirm() ? read(key, source) : readAndForget(key, source);
  }

  @Override
  public Object probe(Object probe, @Nullable Object @Nullable [] arguments) {
    throw Probe.Ended.reading(keys.explain(around.cache(), arguments));
  }

  private @Nullable Object uncached(Source source, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    around.ledger().dependsOnUnknown();
    return method.call(source.wrapper, arguments);
  }

  private @Nullable Object readAndForget(CallKey key, Source source) throws Throwable {
    try {
      return read(key, source);
    } finally {
      key.forget();
    }
  }

  @SuppressWarnings("ReferenceEquality") // Of this very call.
  private @Nullable Object read(CallKey key, Source source) throws Throwable {
    try {
      return views[key.traits()].get(key, source);
    } catch (TargetException e) {
      throw thrown(e);
    } catch (LoadReentryException e) {
      if (e.key() != key) {
        throw e;
      }
      return readAndForget(key.inner(), source); // The target calls itself through the wrapper.
    } catch (CacheLoadException e) {
      if (e.getCause() instanceof TargetException remembered) {
        throw thrown(remembered);
      }
      if (e.getCause() instanceof InterruptedException) {
        return uncached(source, key.arguments()); // While it waited for another caller's load.
      }
      throw e;
    }
  }

  private static Throwable thrown(TargetException e) {
    if (e.thrown() instanceof InterruptedException) {
      Thread.interrupted(); // As whoever throws it leaves the flag.
    }
    return e.thrown();
  }

  /** Where the answers come from. */
  private final class Source implements CacheSource<CallKey, Object> {
    private final @Nullable Object wrapper;

    /**
     * A source.
     *
     * @param wrapper on which a default method runs; null for a method of the target
     */
    Source(@Nullable Object wrapper) {
      this.wrapper = wrapper;
    }

    @Override
    public Tags tags(CallKey key) {
      List<Tag> known = tags.ofArguments(key.arguments());
      if (known != null && known.isEmpty()) {
        complaint.report("its tag functions named no tag", null);
      }
      if (known == null || known.isEmpty()) {
        key.unsettle();
        return Tags.of();
      }
      List<Tag> all = new ArrayList<>(known);
      all.add(around.whole());
      all.add(Surroundings.ANY);
      return Tags.of(all);
    }

    @Override
    public @Nullable Object load(CallKey key) {
      if (key.isUnsettled()) {
        around.ledger().dependsOnUnknown(); // This one among them, and its failure too.
      }
      Object result;
      try {
        result = method.call(wrapper, key.arguments());
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt(); // So that nobody who waits takes it for his own.
        }
        throw new TargetException(e);
      }
      List<Tag> more = tags.ofResult(result);
      if (more == null) {
        around.ledger().dependsOnUnknown();
      } else if (!more.isEmpty()) {
        around.ledger().dependsOn(Tags.of(more));
      }
      return freezing.frozen(result);
    }
  }
}
