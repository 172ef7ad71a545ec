package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A handler of an application, whatever server it runs in. */
interface App {
  void handle(Asked asked, Answer answer) throws Exception;

  /** What a handler sees of a request. */
  interface Asked {
    String method();

    String target();

    /** All values of a field with commas between them; empty if there are none. */
    String field(String name);

    byte[] body() throws IOException;
  }

  /** How a handler answers. */
  interface Answer {
    Answer status(int code);

    Answer field(String name, String value);

    /** Says how long the body is going to be. */
    Answer length(long bytes);

    /** Begins the body. */
    OutputStream body() throws IOException;

    /** Answers without saying how long the body is, and closes it. */
    default void streams(String text) throws IOException {
      try (OutputStream out = body()) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }

    /** Answers with a text. */
    default void text(String text) throws IOException {
      length(text.getBytes(StandardCharsets.UTF_8).length).streams(text);
    }
  }
}
