package dev.tiercel.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a {@link ServletAnswer}. As the containers do, it keeps the first bytes back, so that
 * a servlet can still set header fields after it began to write.
 */
final class ServletBody extends ServletOutputStream {
  private final ServletAnswer answer;
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable OutputStream out;
  private @Nullable ServletOutputStream direct;
  private boolean closed;

  ServletBody(ServletAnswer answer, int most) {
    this.answer = answer;
    this.most = most;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (direct != null) {
      direct.write(bytes, offset, length);
    } else if (!closed) { // As in containers, what comes too late goes nowhere.
      if (out == null && kept.size() + length <= most) {
        kept.write(bytes, offset, length);
      } else {
        begun(ResponseHead.UNKNOWN).write(bytes, offset, length);
      }
    }
  }

  private OutputStream begun(long length) throws IOException {
    OutputStream begun = out;
    if (begun == null) {
      begun = answer.begin(length);
      out = begun;
      kept.writeTo(begun);
      kept.reset();
    }
    return begun;
  }

  void clear() {
    kept.reset();
  }

  /** From here on all goes to the container's own stream. */
  void leave(HttpServletResponse response) throws IOException {
    ServletOutputStream own = response.getOutputStream();
    kept.writeTo(own);
    kept.reset();
    direct = own;
  }

  @Override
  public void flush() throws IOException {
    if (direct != null) {
      direct.flush();
    } else if (!closed) {
      begun(ResponseHead.UNKNOWN).flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (direct != null) {
      direct.close();
    } else if (!closed) {
      closed = true;
      begun(out == null ? kept.size() : ResponseHead.UNKNOWN).close();
    }
  }

  @Override
  public boolean isReady() {
    return direct == null || direct.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    if (direct == null) {
      throw new IllegalStateException("call startAsync() first");
    }
    direct.setWriteListener(listener);
  }
}
