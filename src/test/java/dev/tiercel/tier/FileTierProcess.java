package dev.tiercel.tier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another JVM that has a tier open, if it may, until its input ends. */
final class FileTierProcess {
  private FileTierProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (FileTier tier = FileTier.open(Path.of(arguments[0]))) {
      tier.put(List.of(TierFixture.record("theirs", 1, 100)));
      System.out.println("open");
      int unused = System.in.read();
    } catch (CacheTierException e) {
      System.out.println(e.getMessage());
    }
  }

  static Process start(Path folder, Path errors) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            FileTierProcess.class.getName(),
            folder.toString())
        .redirectError(errors.toFile())
        .start();
  }

  /** What it said first; empty if it died without a word. */
  static String firstLine(Process process) throws IOException {
    var says =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = says.readLine();
    return line == null ? "" : line;
  }
}
