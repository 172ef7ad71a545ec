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
final class CachedInvocation implements Invocation, CacheSource<CallKey, Object> {
  private final WrappedMethod method;
  private final Surroundings around;
  private final CallKeys keys;
  private final CallTags tags;
  private final TypedCache<Object>[] views;
  private final Freezing freezing;
  private final Complaint complaint;
  private final @Nullable Transactions transactions;

  /* Always the same, known with the first call. */
  private @Nullable Object wrapper;

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
    this.transactions = around.transactions();
  }

  @Override
  public @Nullable Object invoke(Object on, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (wrapper == null) {
      wrapper = on;
    }
    if (transactions != null && isActive(transactions, complaint)) {
      return uncached(arguments);
    }
    CallKey key = key(keys, arguments, complaint);
    if (key == null) {
      return uncached(arguments);
    }
    return key.isFirm() ? read(key) : readAndForget(key);
  }

  /** Whether a read must not use the cache. */
  static boolean isActive(Transactions transactions, Complaint complaint) {
    try {
      return transactions.active();
    } catch (Throwable e) {
      complaint.report("it cannot be told whether a transaction is active", e);
      return true;
    }
  }

  /** The key of a call, or null if it has none. */
  static @Nullable CallKey key(
      CallKeys keys, @Nullable Object @Nullable [] arguments, Complaint complaint) {
    try {
      return keys.of(arguments);
    } catch (Throwable e) {
      complaint.report("the call cannot be told from others by a key", e);
      return null;
    }
  }

  private @Nullable Object uncached(@Nullable Object @Nullable [] arguments) throws Throwable {
    around.spoilLoads();
    return call(arguments);
  }

  private @Nullable Object call(@Nullable Object @Nullable [] arguments) throws Throwable {
    Object on = wrapper;
    return method.call(on == null ? this : on, arguments);
  }

  private @Nullable Object readAndForget(CallKey key) throws Throwable {
    try {
      return read(key);
    } finally {
      key.forget();
    }
  }

  @SuppressWarnings("ReferenceEquality") // Of this very call.
  private @Nullable Object read(CallKey key) throws Throwable {
    try {
      return views[key.traits()].get(key, this);
    } catch (TargetException e) {
      throw thrown(e);
    } catch (LoadReentryException e) {
      if (e.key() != key) {
        throw e;
      }
      return readAndForget(key.inner()); // The target calls itself through the wrapper.
    } catch (CacheLoadException e) {
      if (e.getCause() instanceof TargetException remembered) {
        throw thrown(remembered);
      }
      if (e.getCause() instanceof InterruptedException) {
        return uncached(key.arguments()); // While it waited for another caller's load.
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

  @Override
  public Tags tags(CallKey key) {
    List<Tag> known = tags.ofArguments(key.arguments());
    if (known != null && known.isEmpty()) {
      complaint.report("its tag functions named no tag", null);
    }
    if (known == null || known.isEmpty()) {
      key.unsettle();
      return Surroundings.UNKNOWN;
    }
    List<Tag> all = new ArrayList<>(known);
    all.add(around.whole());
    all.add(Surroundings.ANY);
    return Tags.of(all);
  }

  @Override
  public @Nullable Object load(CallKey key) {
    Object result;
    try {
      result = call(key.arguments());
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // So that nobody who waits takes it for his own.
      }
      throw new TargetException(e);
    }
    List<Tag> more = tags.ofResult(result);
    if (more == null || key.isUnsettled()) {
      around.spoilLoads(); // This one among them.
    } else if (!more.isEmpty()) {
      around.ledger().dependsOn(Tags.of(more));
    }
    return freezing.frozen(result);
  }
}
