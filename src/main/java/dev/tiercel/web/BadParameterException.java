package dev.tiercel.web;

/** A parameter of a query string is not what it must be. */
final class BadParameterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  BadParameterException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  Problem problem() {
    return Problem.ofParameter(parameter, String.valueOf(getMessage()));
  }
}
