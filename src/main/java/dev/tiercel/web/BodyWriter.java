package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;

/** Encodes text and keeps nothing back, so that nobody has to flush it. */
final class BodyWriter extends Writer {
  private final OutputStream out;
  private final Charset coding;
  private char half; // The first of a pair whose second is still to come, or 0.

  BodyWriter(OutputStream out, Charset coding) {
    this.out = out;
    this.coding = coding;
  }

  @Override
  public void write(char[] units, int offset, int length) throws IOException {
    StringBuilder text = new StringBuilder(length + 1);
    if (half != 0) {
      text.append(half);
      half = 0;
    }
    text.append(units, offset, length);
    int last = text.length() - 1;
    if (last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
      half = text.charAt(last);
      text.setLength(last);
    }
    if (!text.isEmpty()) {
      out.write(text.toString().getBytes(coding));
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
