#pragma once

#include <string>
#include <vector>

#include "api/routes.h"
#include "app/app.h"
#include "net/answer_cache.h"
#include "net/router.h"
#include "net/server.h"

namespace hoopoe {

// All faces behind one door: which host names are ours, which path is whose, and how each says no.
class Site {
 public:
  static constexpr std::size_t text_bytes_max = std::size_t{64} * 1024;  // of a body without photos

  // `hosts` are the names answered to, lower case, with a port unless every port will do ("localhost").
  Site(app::App& app, std::vector<std::string> hosts);

  net::Task<net::Response> answer(net::Request& request);
  // A post, a profile, a form: or photos, of somebody who may upload them.
  net::BodyAllowance body_allowance(const net::Request& request) const;
  // How long the others may wait before a request is refused: what is public goes on for the longest.
  static std::chrono::milliseconds wait_max(const net::Request& request);
  net::Response render_error(const net::Request& request, const std::exception_ptr& error) const;

 private:
  net::Task<net::Response> route(net::Request& request);

  app::App& app_;
  std::vector<std::string> hosts_;
  api::Limits limits_;
  net::Router<net::Handler> router_;
  net::AnswerCache answers_;
};

}  // namespace hoopoe
