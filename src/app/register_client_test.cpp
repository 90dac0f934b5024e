#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/oauth.h"
#include "crypto/hash.h"
#include "tests/support/test_square.h"

namespace hoopoe::app {
namespace {

class RegisterClient : public testing::Test {
 protected:
  std::optional<RefusalKind> with_uri(std::string uri) {
    return square_.refusal(register_client(
        square_.app(), {.name = "Ivory", .website = {}, .redirect_uris = {std::move(uri)}, .scopes = {}}));
  }

  tests::TestSquare square_;
};

TEST_F(RegisterClient, an_app_may_be_sent_back_to_https_loopback_its_own_scheme_or_nowhere) {
  for (const char* uri :
       {"urn:ietf:wg:oauth:2.0:oob", "https://ivory.example/back?x=1", "https://ivory.example:8443",
        "HTTPS://A.example/", "http://localhost:3000/back", "http://127.0.0.1/back", "http://[::1]:8080/",
        "myapp://callback", "com.tapbots.Ivory.10217:/request_token", "https://xn--mgba3a4f16a.example/"}) {
    EXPECT_EQ(with_uri(uri), std::nullopt) << uri;
  }
}

TEST_F(RegisterClient, an_address_that_could_run_a_script_or_pass_for_another_is_refused) {
  for (const char* uri : {"javascript:alert(1)",
                          "JavaScript://x/%0aalert(1)",
                          "data:text/html,x",
                          "data://x",
                          "vbscript:/x",
                          "file:///etc/passwd",
                          "blob:/x",
                          "about:/x",
                          "view-source:/x",
                          "intent://x/",
                          "ws://ivory.example/",
                          "https://ivory.example/{}",
                          "https://ivory.example:99999999/",
                          "http://ivory.example/",
                          "http://localhost.evil.example/",
                          "http://127.0.0.1.evil.example/",
                          "http://127.0.0.1@evil.example/",
                          "http://[::1].evil.example/",
                          "https://user@ivory.example/",
                          "https://user:secret@ivory.example/",
                          "https://ivory.example/#part",
                          "https:///x",
                          "https:ivory.example",
                          "https://",
                          "https://a.example;x/",
                          "https://a.example,b.example/",
                          "https://a.example\\@b/",
                          "https://a.example:port/",
                          "https://a.example:/",
                          "https://a'b.example/",
                          "https://*.example/",
                          "https://ivory.example/a b",
                          "https://ivory.example/\r\nX: y",
                          "https://ivory.example/\tx",
                          "ivory",
                          "",
                          ":/x",
                          "1app:/x",
                          "my_app:/x",
                          "https://ivörý.example/"}) {
    EXPECT_EQ(with_uri(uri), RefusalKind::invalid) << uri;
  }
  EXPECT_EQ(with_uri("https://ivory.example/" + std::string(2000, 'x')), RefusalKind::invalid);
  EXPECT_EQ(with_uri(std::string("https://ivory.example/\0x", 24)), RefusalKind::invalid);
}

TEST_F(RegisterClient, one_bad_address_among_good_ones_is_refused_and_so_are_too_many) {
  const auto refusal = [&](std::vector<std::string> uris) {
    return square_.refusal(register_client(
        square_.app(), {.name = "Ivory", .website = {}, .redirect_uris = std::move(uris), .scopes = {}}));
  };
  EXPECT_EQ(refusal({"https://ivory.example/", "javascript:x"}), RefusalKind::invalid);
  EXPECT_EQ(refusal({}), RefusalKind::invalid);
  EXPECT_EQ(refusal(std::vector<std::string>(21, "https://ivory.example/")), RefusalKind::invalid);
}

TEST_F(RegisterClient, name_website_and_scopes_are_checked) {
  const auto refusal = [&](std::string name, std::string website, std::string scopes) {
    return square_.refusal(register_client(square_.app(), {.name = std::move(name),
                                                           .website = std::move(website),
                                                           .redirect_uris = {"https://ivory.example/"},
                                                           .scopes = std::move(scopes)}));
  };
  EXPECT_EQ(refusal("", "", ""), RefusalKind::invalid);
  EXPECT_EQ(refusal(std::string(201, 'x'), "", ""), RefusalKind::invalid);
  EXPECT_EQ(refusal("\xff", "", ""), RefusalKind::invalid);
  EXPECT_EQ(refusal("Ivory", "javascript:x", ""), RefusalKind::invalid);
  EXPECT_EQ(refusal("Ivory", "", "read everything"), RefusalKind::invalid);
  EXPECT_EQ(refusal("Ivory", "https://ivory.example", "read write:statuses"), std::nullopt);
}

TEST_F(RegisterClient, the_secret_is_told_once_and_kept_as_a_hash) {
  const RegisteredClient made = square_.run(register_client(
      square_.app(),
      {.name = "Ivory", .website = {}, .redirect_uris = {"https://ivory.example/"}, .scopes = {}}));
  EXPECT_EQ(made.client.secret_hash, crypto::sha256(made.secret));
  EXPECT_EQ(made.client.scopes.str(), "read");
  EXPECT_GE(made.secret.size(), 43U);
  EXPECT_NE(made.secret, made.client.key);
}

}  // namespace
}  // namespace hoopoe::app
