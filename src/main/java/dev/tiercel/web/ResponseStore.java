package dev.tiercel.web;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Recording;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.cache.TypedCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where responses lie in the {@link TieredCache}. Under a target there is an index: by which
 * request fields its responses vary, and a generation; under these, and what a request says to
 * them, a response. An index that is lost takes its responses with it, since the next one has
 * another generation. All of it carries the tag of its target. Thread-safe.
 */
final class ResponseStore {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseStore.class);
  private static final Duration LONGEST = Duration.ofDays(24);

  /** A target varies in so many ways at most; a handler that changes its mind is asked again. */
  private static final int MOST_WAYS = 4;

  private final TieredCache cache;
  private final RequestKeys keys;
  private final TypedCache<List<String>> texts;
  private final Duration kept;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @param kept for how long what is no longer of use by itself is kept to be validated
   */
  ResponseStore(TieredCache cache, RequestKeys keys, Duration kept) {
    this.cache = cache;
    this.keys = keys;
    this.kept = kept;
    this.texts = cache.typed(new TypeRef<List<String>>() {});
  }

  /** The ways in which a target varies, the latest first. */
  private record Index(long generation, List<Vary> ways) {
    List<String> toTexts() {
      List<String> texts = new ArrayList<>();
      texts.add(Long.toHexString(generation));
      ways.forEach(way -> texts.add(String.join(",", way.names())));
      return texts;
    }

    static Optional<Index> of(List<String> texts) {
      try {
        List<Vary> ways = new ArrayList<>();
        for (String names : texts.subList(1, texts.size())) {
          ways.add(Vary.parse(names).orElseThrow(IllegalArgumentException::new));
        }
        return Optional.of(new Index(Long.parseUnsignedLong(texts.get(0), 16), List.copyOf(ways)));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return Optional.empty();
      }
    }
  }

  private Optional<Index> index(String target) {
    return guarded(() -> texts.getIfPresent(target).flatMap(Index::of), Optional.empty());
  }

  boolean isKnown(String target) {
    return index(target).isPresent();
  }

  /** False only if it is certain that nothing is kept for a target, in any tier. */
  boolean mayBeKnown(String target) {
    return guarded(() -> texts.getIfPresent(target).isPresent(), true) || cache.isPartlyOff();
  }

  /** The newest response that was kept for such a request (RFC 9111 §4.1). */
  @Nullable StoredResponse find(String target, HttpFields request) {
    Index index = index(target).orElse(null);
    if (index == null) {
      return null;
    }
    StoredResponse newest = null;
    for (Vary way : index.ways()) {
      StoredResponse found = response(keys.variant(target, index.generation(), way, request));
      if (found != null && (newest == null || found.receivedAt().isAfter(newest.receivedAt()))) {
        newest = found;
      }
    }
    return newest;
  }

  private @Nullable StoredResponse response(String key) {
    Optional<StoredResponse> none = Optional.empty();
    return guarded(() -> texts.getIfPresent(key).flatMap(StoredResponse::of), none).orElse(null);
  }

  /**
   * Keeps a response, unless something that it depends on was written since the recording began.
   */
  boolean put(
      String target,
      HttpFields request,
      StoredResponse response,
      Vary vary,
      List<Tag> tags,
      Recording recording,
      Instant now) {
    List<Tag> all = new ArrayList<>(tags);
    all.add(Tag.of(target));
    Duration life = life(response, now);
    return guarded(
        () -> {
          Index known = recording.apart(() -> index(target).orElse(null));
          Index index = with(vary, known);
          if (!index.equals(known)) {
            TypedCache<List<String>> lasting = texts.policy(CachePolicy.DEFAULT.ttl(LONGEST));
            lasting.put(target, index.toTexts(), Tag.of(target), recording.stamp());
          }
          String key = keys.variant(target, index.generation(), vary, request);
          return recording.put(
              texts.policy(CachePolicy.DEFAULT.ttl(life)), key, response.toTexts(), Tags.of(all));
        },
        false);
  }

  private static Index with(Vary vary, @Nullable Index known) {
    if (known == null) {
      return new Index(ThreadLocalRandom.current().nextLong(), List.of(vary));
    }
    if (known.ways().get(0).equals(vary)) {
      return known;
    }
    List<Vary> ways = new ArrayList<>(known.ways());
    ways.remove(vary);
    ways.add(0, vary);
    return new Index(
        known.generation(), List.copyOf(ways.subList(0, Math.min(ways.size(), MOST_WAYS))));
  }

  private Duration life(StoredResponse response, Instant now) {
    Terms terms = response.terms();
    // A second more, since the last one counts whole.
    Duration left = Duration.ofSeconds(Math.max(0, terms.usable() - response.age(now)) + 1);
    Duration life = response.canBeValidated() ? left.plus(kept) : left;
    return life.compareTo(LONGEST) > 0 ? LONGEST : life;
  }

  /** Ends all that was kept for targets, or is on its way and began before. */
  void invalidate(List<String> targets) {
    Tags tags = Tags.of(targets.stream().map(Tag::of).toList());
    guarded(
        () -> {
          Ledger.of(cache).begin(tags).close(); // If that fails, they stay void until it can be.
          return true;
        },
        false);
  }

  /* A cache that fails costs speed and no answer. */
  private <V> V guarded(Supplier<V> work, V otherwise) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (warned.compareAndSet(false, true)) {
        LOG.warn("the response cache does without its store; later failures are not logged", e);
      }
      return otherwise;
    }
  }
}
