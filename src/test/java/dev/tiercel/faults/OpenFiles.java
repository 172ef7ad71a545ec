package dev.tiercel.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process has open and running. */
final class OpenFiles {
  private static final long MOST_MILLIS = 10_000;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenFiles() {}

  /** The files below a folder that are open, deleted ones too. */
  static List<String> under(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      for (Path descriptor : all.toList()) {
        try {
          String file = Files.readSymbolicLink(descriptor).toString();
          if (file.startsWith(folder.toString())) {
            open.add(file);
          }
        } catch (IOException e) {
          // Closed meanwhile: it was the one that lists them.
        }
      }
    }
    return open;
  }

  static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  /**
   * The names of the threads that were not there before and do not end; those of the JDK are left
   * out.
   */
  static List<String> threadsBeside(Set<Thread> before) throws InterruptedException {
    Set<Thread> more = threads();
    more.removeAll(before);
    more.removeIf(
        thread ->
            thread.getName().equals("process reaper")
                || thread.getName().startsWith("ForkJoinPool.commonPool")
                || thread.getName().startsWith("CompletableFuture"));
    for (Thread thread : more) {
      thread.join(MOST_MILLIS);
    }
    return more.stream().filter(Thread::isAlive).map(Thread::getName).collect(Collectors.toList());
  }
}
