#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "web/test_site.h"

// For tests: a site with three people, and what tests ask of its answers.
namespace hoopoe::web {

inline std::string header(const net::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

// "name=value" of a cookie that an answer sets.
inline std::string cookie(const net::Response& response, const std::string& name) {
  for (const std::string_view line : response.headers.all("Set-Cookie")) {
    if (line.starts_with(name + "=")) return std::string(line.substr(0, line.find(';')));
  }
  return "";
}

// Whether all of them are there, one after the other.
inline bool in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    at = text.find(part, at);
    if (at == std::string::npos) return false;
    ++at;
  }
  return true;
}

// Somebody in front of a sign-in or sign-up page.
class Stranger {
 public:
  Stranger(TestSite& site, const std::string& page, std::string address = "192.0.2.1")
      : site_(site), page_(site.get(page)), address_(std::move(address)) {}

  net::Response post(const std::string& target, TestSite::Form form) {
    const std::size_t at = page_.body.find("name=\"csrf\" value=\"") + 19;
    form.emplace_back("csrf", page_.body.substr(at, page_.body.find('"', at) - at));
    net::Request request = site_.form_request(target, form, nullptr);
    request.headers.add("Cookie", cookie(page_, "__Host-hoopoe_form"));
    request.remote = net::IpAddress::parse(address_).value();
    return site_.answer(std::move(request));
  }

 private:
  TestSite& site_;
  net::Response page_;
  std::string address_;
};

class PageTest : public testing::Test {
 protected:
  std::string page(const std::string& target, const Somebody* who = nullptr) {
    const net::Response response = site_.get(target, who);
    EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
    return response.body;
  }
  std::string page_that_saves_data(const std::string& target) {
    net::Request request = site_.request_for(net::Method::get, target, nullptr);
    request.headers.add("Save-Data", "on");
    return site_.answer(std::move(request)).body;
  }

  TestSite site_;
  Somebody jack_ = site_.join("jack");
  Somebody rouhani_ = site_.join("HassanRouhani");
  Somebody mina_ = site_.join("mina");
};

}  // namespace hoopoe::web
