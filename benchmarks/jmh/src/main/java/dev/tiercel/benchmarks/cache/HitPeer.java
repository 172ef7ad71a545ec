package dev.tiercel.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiercel.cache.CacheSource;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import org.cache2k.Cache2kBuilder;

/** A cache of texts that holds so many keys and has room for half as many more. */
public enum HitPeer {
  /** A map, which forgets nothing. */
  MAP {
    @Override
    Subject open(int keys, int tags) {
      ConcurrentMap<HitKey, String> map = new ConcurrentHashMap<>();
      return new Subject(key -> map.computeIfAbsent(key, HitPeer::load), () -> {});
    }
  },

  /** Caffeine, bounded. */
  CAFFEINE {
    @Override
    Subject open(int keys, int tags) {
      return caffeine(Caffeine.newBuilder().maximumSize(room(keys)).build());
    }
  },

  /** Caffeine, bounded, with its own time to live. */
  CAFFEINE_TTL {
    @Override
    Subject open(int keys, int tags) {
      return caffeine(
          Caffeine.newBuilder()
              .maximumSize(room(keys))
              .expireAfterWrite(Duration.ofHours(1))
              .build());
    }
  },

  /** cache2k, bounded. */
  CACHE2K {
    @Override
    Subject open(int keys, int tags) {
      org.cache2k.Cache<HitKey, String> cache =
          Cache2kBuilder.of(HitKey.class, String.class)
              .entryCapacity(room(keys))
              .eternal(true)
              .loader(HitPeer::load)
              .build();
      return new Subject(cache::get, cache);
    }
  },

  /** JetCache's local cache, with a time to live. */
  JETCACHE {
    @Override
    Subject open(int keys, int tags) {
      com.alicp.jetcache.Cache<HitKey, String> cache = JetCaches.local(Math.toIntExact(room(keys)));
      return new Subject(key -> cache.computeIfAbsent(key, HitPeer::load), cache);
    }
  },

  /** Tiercel, bounded, with a time to live and tags for each value. */
  TIERCEL {
    @Override
    Subject open(int keys, int tags) {
      Ledger ledger = Ledger.inMemory();
      TieredCache cache =
          TieredCache.builder().ledger(ledger).entries(room(keys)).ttl(Duration.ofHours(1)).build();
      TypedCache<String> texts = cache.typed(String.class);
      return new Subject(new Tagged(texts, tags), cache, ledger);
    }
  };

  /** What is read, and the ledger that writes go through, if there is one. */
  record Subject(Reader reader, AutoCloseable cache, Ledger ledger) {
    Subject(Reader reader, AutoCloseable cache) {
      this(reader, cache, null);
    }

    /** Commits a write to something that nobody reads. */
    void commit(int n) {
      if (ledger != null) {
        ledger.begin(Tag.of("other", Integer.toString(n & 0xffff))).close();
      }
    }
  }

  /** Reads one key. */
  interface Reader {
    String read(HitKey key);
  }

  private record Tagged(TypedCache<String> texts, int count)
      implements Reader, CacheSource<HitKey, String> {
    @Override
    public Tags tags(HitKey key) {
      List<Tag> tags = new ArrayList<>();
      tags.add(Tag.of("tasks"));
      tags.add(Tag.of("status:OPEN"));
      while (tags.size() < count) {
        tags.add(Tag.of("agent", Integer.toString(key.agent() + tags.size() - 2)));
      }
      return Tags.of(tags.subList(0, count));
    }

    @Override
    public String load(HitKey key) {
      return HitPeer.load(key);
    }

    @Override
    public String read(HitKey key) {
      return texts.get(key, this);
    }
  }

  /**
   * Fills nothing yet.
   *
   * @param keys how many it is going to hold
   * @param tags how many tags a value has, where there are tags
   */
  abstract Subject open(int keys, int tags);

  private static long room(int keys) {
    return keys + keys / 2;
  }

  private static Subject caffeine(Cache<HitKey, String> cache) {
    return new Subject(key -> cache.get(key, HitPeer::load), cache::invalidateAll);
  }

  private static String load(HitKey key) {
    return key.text();
  }

  /** The keys, as objects that the caches have not seen. */
  static HitKey[] keys(int n) {
    IntFunction<HitKey> make = HitKey::of;
    HitKey[] keys = new HitKey[n];
    for (int i = 0; i < n; i++) {
      keys[i] = make.apply(i);
    }
    return keys;
  }
}
