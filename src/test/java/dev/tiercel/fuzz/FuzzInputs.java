package dev.tiercel.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reads inputs that are kept as text: one a line, with {@code \n}, {@code \\} and {@code \x00} for
 * what a line cannot show. Lines that begin with {@code #} tell people something.
 */
final class FuzzInputs {
  private FuzzInputs() {}

  static List<byte[]> of(String file) {
    try (InputStream in = FuzzInputs.class.getResourceAsStream(file)) {
      byte[] all = Objects.requireNonNull(in, () -> "no inputs in " + file).readAllBytes();
      return new String(all, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(FuzzInputs::bytes)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String line) {
    byte[] raw = line.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '\\') {
        bytes.write(raw[i]);
      } else if (raw[++i] == 'x') {
        bytes.write(Integer.parseInt(digits(raw, i + 1), 16));
        i += 2;
      } else {
        bytes.write(raw[i] == 'n' ? '\n' : raw[i]);
      }
    }
    return bytes.toByteArray();
  }

  private static String digits(byte[] raw, int from) {
    return new String(raw, from, 2, StandardCharsets.US_ASCII);
  }
}
