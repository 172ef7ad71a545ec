package dev.tiercel.benchmarks.figures;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where figures come from; without it they mean nothing.
 *
 * @param commit the newest commit that changed what is measured, and whether something was changed
 *     beyond it
 * @param command what was run
 * @param rounds how often, as far as it got
 * @param machine on what
 * @param jdk with which JDK
 * @param versions beside which libraries
 */
record Origin(
    String commit, String command, int rounds, String machine, String jdk, List<String> versions) {

  /**
   * Keeps a copy.
   *
   * @throws NullPointerException if something is missing
   */
  Origin {
    Objects.requireNonNull(commit);
    Objects.requireNonNull(command);
    Objects.requireNonNull(machine);
    Objects.requireNonNull(jdk);
    versions = List.copyOf(versions);
  }

  /** Of what a run measures now, before it has a round. */
  static Origin now(Run run, String commit) {
    return new Origin(
        commit, run.command(), 0, thisMachine(), thisJdk(), found(run.subject().artifacts));
  }

  Origin withRounds(int done) {
    return new Origin(commit, command, done, machine, jdk, versions);
  }

  /** Why the rounds of an earlier origin are of no use for this one, or an empty text. */
  String differsFrom(Origin earlier) {
    List<String> reasons = new ArrayList<>();
    if (!Commit.isExact(commit)) {
      reasons.add("the commit is %s, which may have been other code".formatted(commit));
    }
    differ(reasons, "commit", earlier.commit, commit);
    differ(reasons, "command", earlier.command, command);
    differ(reasons, "machine", earlier.machine, machine);
    differ(reasons, "JDK", earlier.jdk, jdk);
    differ(reasons, "libraries", earlier.versions.toString(), versions.toString());
    return String.join("; ", reasons);
  }

  private static void differ(List<String> reasons, String what, String before, String now) {
    if (!before.equals(now)) {
      reasons.add("%s was %s, is %s".formatted(what, before, now));
    }
  }

  String text() {
    String times =
        rounds == 1
            ? "one run: medians, and the lowest and highest, of its own rounds; "
            : rounds + " rounds: the median, and the lowest and highest; ";
    return "%s%s, JDK %s, commit %s; %s. `%s`"
        .formatted(times, machine, jdk, commit, String.join(", ", versions), command);
  }

  private static String thisMachine() {
    return "%s %s, %d cores%s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            processor());
  }

  /** Linux says it in a file; elsewhere it is left out. */
  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return "";
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .filter(name -> !name.isEmpty() && !name.toLowerCase(Locale.ROOT).contains("unknown"))
          .findFirst()
          .map(name -> " (" + name.replaceAll("\\((R|TM)\\)", "") + ")")
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static String thisJdk() {
    return Runtime.version().toString().replaceAll("[+-].*", "");
  }

  private static List<String> found(List<String> artifacts) {
    List<String> found = new ArrayList<>();
    for (String artifact : artifacts) {
      Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Matcher name = jar.matcher(Path.of(entry).getFileName().toString());
        if (name.matches()) {
          found.add(artifact + " " + name.group(1));
        }
      }
    }
    return found;
  }
}
