package dev.tiercel.tier;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The SQLite tier does what every tier does. */
class SqliteTierTest extends CacheTierContract {
  @TempDir Path folder;

  @Override
  CacheTier open(long maxBytes) {
    return SqliteTier.builder(folder.resolve("cache.db")).maxBytes(maxBytes).open();
  }
}
