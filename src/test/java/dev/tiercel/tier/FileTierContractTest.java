package dev.tiercel.tier;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileTierContractTest extends CacheTierContract {
  @TempDir Path folder;

  @Override
  CacheTier open(long maxBytes) {
    return FileTier.builder(folder.resolve("tier")).maxBytes(maxBytes).open();
  }
}
