package dev.tiercel.web;

class ServedJettyTest extends ServedContract {
  @Override
  TestServer serve(WebFilter filter, App app) throws Exception {
    return new JettyTestServer(filter, app);
  }
}
