package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Segments whose files somebody deletes: the tier keeps nothing of them, whoever reads them. */
class FileTierLostTest extends FileTierFixture {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int KEYS = 8;
  private static final int ROUNDS = 60;

  private List<String> deletedButOpen() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      for (Path descriptor : all.toList()) {
        String file = target(descriptor);
        if (file.startsWith(folder.toString()) && file.endsWith(" (deleted)")) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static String target(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return ""; // Closed since the listing.
    }
  }

  private int deleteSegments() throws IOException {
    List<Path> segments = segments();
    for (Path segment : segments) {
      Files.delete(segment);
    }
    return segments.size();
  }

  private void deleteFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void theNextPutClosesThem() throws IOException {
    assumeTrue(Files.isDirectory(DESCRIPTORS));
    put(record("finished", 1, 1_000));
    reopen();
    put(record("active", 1, 1_000));
    assertEquals(2, deleteSegments());
    assertEquals(2, deletedButOpen().size());
    put(record("new", 1, 1_000));
    assertEquals(List.of(), deletedButOpen());
    assertGone("finished");
    assertGone("active");
    assertKept(record("new", 1, 1_000));
  }

  @Test
  void theyAreClosedWhenTheFolderIsMadeAnew() throws IOException {
    assumeTrue(Files.isDirectory(DESCRIPTORS));
    put(record("finished", 1, 1_000));
    reopen();
    deleteFolder();
    put(record("new", 1, 1_000));
    assertEquals(List.of(), deletedButOpen());
    assertGone("finished");
    assertKept(record("new", 1, 1_000));
  }

  @Test
  void oneMayGoWhileItIsCopied() throws Exception {
    assumeTrue(Files.isDirectory(DESCRIPTORS));
    reopen(SMALL);
    int count = 0;
    while (tier.use().evicted() == 0) {
      put(record("k" + count++, 1, 10_000));
    }
    reopen(SMALL);
    for (int i = 0; i < count; i++) {
      tier.get("k" + i); // What was read is copied when its segment goes.
    }
    deleteFolder();
    put(record("new", 1, 60_000));
    assertEquals(List.of(), deletedButOpen());
    assertKept(record("new", 1, 60_000));
    assertEquals(1, tier.use().entries());
    reopen(SMALL);
    assertKept(record("new", 1, 60_000));
  }

  @Test
  void oneMayGoWhileItIsScanned() throws IOException {
    put(record("a", 1, 100_000), record("b", 1, 100_000), record("c", 1, 100_000));
    AtomicBoolean gone = new AtomicBoolean();
    long removed =
        tier.removeIf(
            record -> {
              if (gone.compareAndSet(false, true)) {
                deleteAndPut();
              }
              return true;
            });
    assertTrue(gone.get());
    assertEquals(0, removed);
    assertKept(record("new", 1, 10));
    assertEquals(1, tier.use().damaged());
  }

  private void deleteAndPut() {
    try {
      deleteSegments();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    put(record("new", 1, 10));
  }

  @Test
  void whoReadsMeanwhileFindsWhatWasPutOrNothing() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    long lost = 0;
    try {
      Future<?> one = threads.submit(() -> read(over));
      Future<?> other = threads.submit(() -> read(over));
      for (int round = 1; round <= ROUNDS; round++) {
        for (int key = 0; key < KEYS; key++) {
          put(record("k" + key, round, length(key)));
        }
        lost += deleteSegments();
        put(record("next", round, 10));
      }
      over.set(true);
      one.get();
      other.get();
    } finally {
      over.set(true);
      threads.shutdown();
    }
    assertEquals(lost, tier.use().damaged());
  }

  private static int length(int key) {
    return key % 2 == 0 ? 300_000 : 2_000; // Read in parts, and at once.
  }

  private void read(AtomicBoolean over) {
    do {
      for (int key = 0; key < KEYS; key++) {
        TierRecord found = tier.get("k" + key);
        if (found != null) {
          assertArrayEquals(bytes("k" + key, found.order(), length(key)), found.bytes());
        }
      }
    } while (!over.get());
  }
}
