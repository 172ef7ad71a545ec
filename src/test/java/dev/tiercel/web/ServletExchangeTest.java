package dev.tiercel.web;

class ServletExchangeTest extends ExchangeContract {
  @Override
  TestServer serve(WebFilter filter, App app) throws Exception {
    return new JettyTestServer(filter, app);
  }
}
