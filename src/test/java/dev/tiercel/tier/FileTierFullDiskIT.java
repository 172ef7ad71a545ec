package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.store.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tier whose disk is full before its bound is reached. */
class FileTierFullDiskIT {
  private static final int DISK_MEBIBYTES = 4;

  @TempDir Path temporary;

  @Test
  void aFullDiskCostsPutsAndNoRecords() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(temporary.resolve("disk"), DISK_MEBIBYTES)) {
      Path folder = disk.file("tier");
      FileTier tier = FileTier.builder(folder).maxBytes(1 << 28).segmentBytes(1 << 20).open();
      TierFixture files = new FileTierFixtureOn(tier);
      int put = 0;
      CacheTierException full = null;
      while (full == null) {
        try {
          files.put(TierFixture.record("k" + put, 1, 50_000));
          put++;
        } catch (CacheTierException e) {
          full = e;
        }
      }
      assertTrue(full.getMessage().contains("room"), full.getMessage());
      assertThrows(
          CacheTierException.class, () -> files.put(TierFixture.record("more", 1, 500_000)));
      assertTrue(FileTierFixture.bytesIn(folder) == tier.use().bytes(), tier.use()::toString);
      for (int i = 0; i < put; i++) {
        files.assertKept(TierFixture.record("k" + i, 1, 50_000));
      }
      tier.clear();
      files.put(TierFixture.record("new", 1, 50_000));
      files.assertKept(TierFixture.record("new", 1, 50_000));
      fill(disk.file("filler"));
      assertThrows(
          CacheTierException.class, () -> files.put(TierFixture.record("more", 1, 500_000)));
      Files.delete(disk.file("filler"));
      files.put(TierFixture.record("more", 1, 500_000));
      tier.close();
      files.tier = FileTier.open(folder);
      files.assertKept(TierFixture.record("new", 1, 50_000));
      files.assertKept(TierFixture.record("more", 1, 500_000));
      files.tier.close();
    }
  }

  private static void fill(Path file) {
    try {
      Files.write(file, new byte[DISK_MEBIBYTES << 20]);
    } catch (IOException e) {
      // It is as large as there was room.
    }
  }

  /** The questions of a fixture to a tier that is open. */
  private static final class FileTierFixtureOn extends TierFixture {
    FileTierFixtureOn(CacheTier tier) {
      this.tier = tier;
    }

    @Override
    CacheTier open(long maxBytes) {
      throw new UnsupportedOperationException();
    }
  }
}
