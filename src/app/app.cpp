#include "app/app.h"

#include "domain/handle.h"

namespace hoopoe::app {

std::string url_of(const App& app, const Account& account) {
  return app.public_url + "/@" + write_address(account.handle, account.domain);
}

std::string url_of(const App& app, const Account& author, PostId post) {
  return url_of(app, author) + "/" + post.str();
}

std::string url_of(const App& app, PostId post) { return app.public_url + "/posts/" + post.str(); }

std::string tag_url_prefix(const App& app) { return app.public_url + "/tags/"; }

}  // namespace hoopoe::app
