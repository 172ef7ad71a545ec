package dev.tiercel.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The other JVM of {@link FaultLoopIT}: for each kind of fault one {@link FaultRun} after another,
 * each with a later call that fails, until a run passes untouched.
 */
final class FaultLoopProcess {
  private static final int EACH = 1;
  private static final long HUNG_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final AtomicLong progress = new AtomicLong(System.nanoTime());

  private FaultLoopProcess() {}

  /**
   * Runs the loops.
   *
   * @param arguments the folder, the file of the switch, the first call that fails, how many calls
   *     further the next one is, and the kinds of faults
   */
  public static void main(String[] arguments) throws Exception {
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Path folder = Path.of(arguments[0]);
    FaultSwitch faults = new FaultSwitch(Path.of(arguments[1]));
    int first = Integer.parseInt(arguments[2]);
    int every = Integer.parseInt(arguments[3]);
    Thread watch = new Thread(FaultLoopProcess::endIfHung, "watch");
    watch.setDaemon(true);
    watch.start();
    openOnce(folder);
    List<String> kinds = Arrays.asList(arguments).subList(4, arguments.length);
    for (String kind : kinds) {
      Fault fault = Fault.parse(kind);
      int runs = 0;
      int failed = 1;
      for (int before = 0; failed > 0; before = next(before, first, every)) {
        Fault armed = fault.after(before);
        try {
          failed = run(folder, armed, faults);
        } catch (Throwable e) {
          out.println("wrong " + armed.text() + " " + one(e));
          e.printStackTrace();
        }
        runs++;
      }
      out.println("runs " + runs + " " + kind);
      out.flush();
    }
    out.println("end");
    out.flush();
  }

  /* Whatever threads there are for the whole process are there afterwards. */
  private static void openOnce(Path folder) throws IOException {
    Fault none = Fault.of(Fault.Operation.NONE, FaultyStack.TASKS, Fault.Errno.EIO);
    FaultyStack stack = new FaultyStack(folder.resolve("first"), none);
    stack.close(Objects.requireNonNull(stack.open(1)));
  }

  /* The first few each: of some kinds there are no more. */
  private static int next(int before, int first, int every) {
    return before < EACH ? before + 1 : before == EACH ? before + 1 + first : before + every;
  }

  private static String one(Throwable e) {
    return e.toString().replaceAll("\\s+", " ");
  }

  private static int run(Path folder, Fault fault, FaultSwitch faults) throws Exception {
    progress.set(System.nanoTime());
    Path own = Files.createDirectory(folder.resolve("run"));
    try {
      return new FaultRun(own, fault, faults).run();
    } finally {
      delete(own);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void endIfHung() {
    while (System.nanoTime() - progress.get() < HUNG_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    Thread.getAllStackTraces()
        .forEach((thread, at) -> System.err.println(thread + " " + Arrays.toString(at)));
    System.err.println("hung");
    Runtime.getRuntime().halt(1);
  }
}
