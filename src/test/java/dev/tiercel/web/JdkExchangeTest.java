package dev.tiercel.web;

class JdkExchangeTest extends ExchangeContract {
  @Override
  TestServer serve(WebFilter filter, App app) throws Exception {
    return new JdkTestServer(filter, app);
  }
}
