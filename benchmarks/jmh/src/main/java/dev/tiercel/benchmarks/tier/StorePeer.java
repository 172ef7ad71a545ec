package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who keeps bytes in files. None of them forces anything to the disk. */
public enum StorePeer {
  /** Tiercel's tier in SQLite. */
  SQLITE {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) {
      return new TierStore(
          SqliteTier.builder(folder.resolve("cache.db")).maxBytes(maxBytes).open());
    }
  },

  /** The value alone, selected by its rowid with a statement that is held. */
  SQLITE_BY_HAND {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) throws Exception {
      return new SqliteByHand(folder.resolve("cache.db"), false, false);
    }
  },

  /** The same, and SQLite reads through a memory map. */
  SQLITE_BY_HAND_MMAP {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) throws Exception {
      return new SqliteByHand(folder.resolve("cache.db"), true, false);
    }
  },

  /** All that a tier has to know, key and checksum among it, selected and compared by hand. */
  SQLITE_CHECKED_BY_HAND {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) throws Exception {
      return new SqliteByHand(folder.resolve("cache.db"), false, true);
    }
  },

  /** Tiercel's tier in segments. */
  FILES {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) {
      return new TierStore(FileTier.builder(folder).maxBytes(maxBytes).open());
    }
  },

  /** One read at a position that is known, and the checksum of what was read. */
  FILE_BY_HAND {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) throws Exception {
      return new FileByHand(folder.resolve("cache.bin"));
    }
  },

  /** Ehcache's disk tier, with no tier above it. */
  EHCACHE {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) {
      return EhcacheStore.open(folder, maxBytes);
    }
  },

  /** MapDB's hash map in a file that is mapped into memory. */
  MAPDB {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) {
      return MapDbStore.open(folder.resolve("cache.mapdb"), keeping);
    }
  },

  /** H2's own store without SQL. */
  MVSTORE {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) {
      return MvStore.open(folder.resolve("cache.mv"), keeping);
    }
  },

  /** RocksDB by its Java binding. */
  ROCKSDB {
    @Override
    ByteStore open(Path folder, long maxBytes, boolean keeping) throws Exception {
      return RocksStore.open(folder);
    }
  };

  /**
   * Opens what is in a folder, or makes it.
   *
   * @param maxBytes a bound for those that can be bounded
   * @param keeping whether what a put has returned from shall outlive the process, as far as the
   *     peer has a way
   */
  abstract ByteStore open(Path folder, long maxBytes, boolean keeping) throws Exception;

  /** Opens one in a folder that is made if it is not there. */
  static ByteStore in(Path folder, StorePeer peer, long maxBytes, boolean keeping)
      throws Exception {
    return peer.open(Files.createDirectories(folder), maxBytes, keeping);
  }
}
