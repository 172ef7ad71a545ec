package dev.tiercel.cache;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that owns the caches of a database until its input ends, if it may. */
final class OwningProcess {
  private OwningProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (SqliteDatabase database =
        SqliteDatabase.builder(Path.of(arguments[0]))
            .migrations(List.of(LedgerDatabase.SCHEMA))
            .journal(Ledger.durable(change -> List.of()).journal())
            .open()) {
      System.out.println("owns " + ProcessHandle.current().pid() + " " + database.file());
      int unused = System.in.read();
    } catch (SqliteException e) {
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  static Process start(Path database, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OwningProcess.class.getName(), database.toString()));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  /** What it said first; empty if it died without a word. */
  static String firstLine(Process process) throws IOException {
    var says =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = says.readLine();
    return line == null ? "" : line;
  }
}
