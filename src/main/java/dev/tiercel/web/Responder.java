package dev.tiercel.web;

import java.io.IOException;
import java.io.OutputStream;

/** Takes the response to a request: from a handler, or to the client. */
@FunctionalInterface
public interface Responder {
  /**
   * Begins the response. Called once.
   *
   * @param head what it says before its body
   * @return takes the body; closing it says that the body is complete, and not closing it that it
   *     is not. What is written to a response that can have no body goes nowhere
   * @throws IOException if it cannot be sent
   */
  OutputStream respond(ResponseHead head) throws IOException;

  /**
   * Says that nothing more will come, be the response complete or not, or not even begun. Called
   * once, by the adapter of the server, maybe on another thread and after the exchange.
   */
  default void done() {}
}
