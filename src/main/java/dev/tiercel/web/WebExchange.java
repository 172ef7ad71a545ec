package dev.tiercel.web;

/**
 * A request on its way to the application's handler, whatever server it came through. As a {@link
 * Responder} it answers the client. Used by one thread at a time.
 */
public interface WebExchange extends Responder {
  /**
   * The request.
   *
   * @return the request
   */
  WebRequest request();

  /**
   * Whether the server knows who asks, be it by the header of the request or by the connection,
   * such as from a certificate of the client; or let the client in without being told who it is. A
   * shared cache treats them alike.
   *
   * @return whether it does
   */
  default boolean isAuthenticated() {
    return false;
  }

  /**
   * Runs the handler, on this thread. Called at most once. The handler may go on elsewhere when
   * this returns; {@link Responder#done} tells when it is over.
   *
   * @param fields the header fields that the handler sees; all else is as the client sent it
   * @param responder takes what the handler answers; the exchange itself for the client
   * @throws Exception what the handler threw, which is to be thrown on
   */
  void proceed(HttpFields fields, Responder responder) throws Exception;
}
