package dev.tiercel.cache;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The other JVM of {@link TierKillIT}: writes, fills, voids and flushes from several threads and
 * says so, until it is killed, or until its input ends, when it closes everything.
 */
final class TierKillWriter implements Runnable {
  static final int THREADS = 3;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final OutputStream LINES = new FileOutputStream(FileDescriptor.out);

  /** Which tiers there are, and of how many bytes. */
  enum Layout {
    SQLITE(4 << 20, 0),
    FILES(0, 4 << 20),
    BOTH(4 << 20, 256 << 10),
    /** What is filled has no room in any tier. */
    TIGHT(1 << 20, 256 << 10);

    private static final int SEGMENT_BYTES = 16 << 10;

    private final int sqliteBytes;
    private final int fileBytes;

    Layout(int sqliteBytes, int fileBytes) {
      this.sqliteBytes = sqliteBytes;
      this.fileBytes = fileBytes;
    }

    private List<Supplier<CacheTier>> tiers(Path folder) {
      List<Supplier<CacheTier>> tiers = new ArrayList<>();
      if (sqliteBytes > 0) {
        Path file = folder.resolve("cache.db");
        tiers.add(() -> SqliteTier.builder(file).maxBytes(sqliteBytes).open());
      }
      if (fileBytes > 0) {
        Path files = folder.resolve("segments");
        tiers.add(
            () -> FileTier.builder(files).maxBytes(fileBytes).segmentBytes(SEGMENT_BYTES).open());
      }
      return tiers;
    }

    VersionedItems open(Path folder) {
      return VersionedItems.open(folder.resolve("items.db"), Durability.NORMAL, tiers(folder));
    }
  }

  private final int thread;
  private final Random random;
  private final VersionedItems items;
  private final Map<Integer, Long> versions = new HashMap<>();
  private final Map<String, String> filled = new HashMap<>();
  private static volatile boolean ending;

  private TierKillWriter(int thread, Random random, VersionedItems items) {
    this.thread = thread;
    this.random = random;
    this.items = items;
    List<Long> found = items.versions();
    for (int id = thread; id < VersionedItems.ITEMS; id += THREADS) {
      versions.put(id, found.get(id));
    }
  }

  /**
   * Runs the threads.
   *
   * @param arguments the folder, the layout, the seed
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Layout layout = Layout.valueOf(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    say("opening");
    VersionedItems items = layout.open(folder);
    say("open");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      var writer = new TierKillWriter(i, new Random(seed * THREADS + i), items);
      threads.add(new Thread(writer, "writer-" + i));
    }
    threads.forEach(Thread::start);
    while (System.in.read() >= 0) {} // Nobody says anything: only the end counts.
    ending = true;
    for (Thread thread : threads) {
      thread.join();
    }
    say("closing");
    items.close();
    say("closed");
  }

  private static void say(String line) {
    try {
      synchronized (LINES) {
        LINES.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(String what, Object more) {
    say(what + " " + thread + " " + more);
  }

  @Override
  public void run() {
    try {
      while (!ending) {
        step(random.nextInt(100));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void step(int kind) throws InterruptedException {
    if (kind < 60) {
      fill(VersionedItems.anyKey(random));
    } else if (kind < 85) {
      write(thread + THREADS * random.nextInt((VersionedItems.ITEMS - thread) / THREADS));
    } else if (kind < 99) {
      flush();
    } else {
      Voiding voiding = Voiding.values()[random.nextInt(Voiding.values().length)];
      voidSome(voiding, random.nextInt(VersionedItems.ITEMS));
    }
  }

  private void fill(String key) {
    filled.remove(key);
    say("filling", key);
    items.texts.get(
        key,
        VersionedItems.tagsOf(key),
        () -> {
          List<Long> found = items.versions(key);
          filled.put(key, found.stream().map(String::valueOf).collect(Collectors.joining(",")));
          return VersionedItems.text(key, found);
        });
  }

  private void write(int id) {
    long version = versions.get(id) + 1;
    say("writing", id + " " + version);
    items.write(id, version);
    versions.put(id, version);
    say("committed", "");
  }

  private void flush() throws InterruptedException {
    if (!items.cache.flush(MINUTE)) {
      throw new IllegalStateException("the tiers are too slow");
    }
    List<String> words = new ArrayList<>();
    filled.forEach((key, found) -> words.add(key + "=" + found));
    filled.clear();
    List<TierStats> stats = items.cache.tierStats();
    // What one tier had no room for is still in the other.
    long evicted = stats.stream().mapToLong(tier -> tier.use().evicted()).min().orElse(0);
    long failed = stats.stream().mapToLong(TierStats::failures).sum();
    say("flushed", evicted + " " + failed + " " + String.join(" ", words));
  }

  private void voidSome(Voiding voiding, int id) {
    say("voiding", voiding + " " + id);
    voiding.happen(items.cache, id);
    say("voided", "");
  }

  /** What voids values without a write. */
  enum Voiding {
    KEY {
      @Override
      void happen(TieredCache cache, int id) {
        cache.invalidateKey(VersionedItems.key(id));
      }

      @Override
      Predicate<String> hit(int id) {
        return VersionedItems.key(id)::equals;
      }
    },
    TAG {
      @Override
      void happen(TieredCache cache, int id) {
        cache.invalidate(VersionedItems.tag(id));
      }

      @Override
      Predicate<String> hit(int id) {
        return VersionedItems.key(id)::equals;
      }
    },
    PREFIX {
      @Override
      void happen(TieredCache cache, int id) {
        cache.invalidatePrefix("items:" + id % VersionedItems.GROUPS + ":");
      }

      @Override
      Predicate<String> hit(int id) {
        return key -> key.startsWith("items:" + id % VersionedItems.GROUPS + ":");
      }
    },
    PATTERN {
      @Override
      void happen(TieredCache cache, int id) {
        cache.invalidatePattern("items:*:*" + id % 10);
      }

      @Override
      Predicate<String> hit(int id) {
        return key -> key.startsWith("items:") && key.endsWith("" + id % 10);
      }
    },
    NOW {
      @Override
      void happen(TieredCache cache, int id) {
        cache.evictNow("groups:*");
      }

      @Override
      Predicate<String> hit(int id) {
        return key -> key.startsWith("groups:");
      }
    };

    abstract void happen(TieredCache cache, int id);

    abstract Predicate<String> hit(int id);
  }
}
