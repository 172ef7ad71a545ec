package dev.tiercel.memory;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads what Linux tells of a process in lines such as {@code VmRSS: 51234 kB} (proc(5)); a kB
 * there is 1,024 bytes.
 */
final class ProcStatus implements Supplier<ProcessMemory> {
  private static final long KILOBYTE = 1_024;
  private static final int USUAL = 2_048;

  private final String file;

  ProcStatus(Path file) {
    this.file = file.toString();
  }

  @Override
  public ProcessMemory get() {
    // A channel would be closed, and fail, if the thread is interrupted.
    try (InputStream status = new FileInputStream(file)) {
      byte[] bytes = new byte[USUAL];
      int length = status.read(bytes);
      while (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
        length += Math.max(0, status.read(bytes, length, length));
      }
      return parse(new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return ProcessMemory.UNKNOWN; // It is not there, or the process has no file descriptor left.
    }
  }

  static ProcessMemory parse(String status) {
    return new ProcessMemory(
        bytes(status, "\nVmRSS:"), bytes(status, "\nVmHWM:"), bytes(status, "\nVmSize:"));
  }

  private static OptionalLong bytes(String status, String label) {
    int at = status.indexOf(label);
    if (at < 0) {
      return OptionalLong.empty();
    }
    at += label.length();
    while (at < status.length() && Character.isWhitespace(status.charAt(at))) {
      at++;
    }
    long kilobytes = 0;
    int from = at;
    while (at < status.length() && Character.isDigit(status.charAt(at))) {
      kilobytes = kilobytes * 10 + Character.digit(status.charAt(at), 10);
      at++;
    }
    boolean whole = at > from && status.startsWith(" kB", at);
    return whole ? OptionalLong.of(kilobytes * KILOBYTE) : OptionalLong.empty();
  }
}
