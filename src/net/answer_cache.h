#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "net/http.h"

namespace hoopoe::net {

// What everything that an answer is made of has come to: the same version means the same answer.
using Version = std::uint64_t;

// Whole answers that are the same for everyone, as they were made and in gzip. Any thread.
//
// For everyone is an answer with the status 200 and "Cache-Control: public" that depends on nothing but its
// host, its target, its Accept-Encoding and its Save-Data, to a request without cookie and without
// credentials. It holds for the version that it was made of, and for age_max at most, since what depends on
// the clock is in none; what says that it is immutable holds for good. What has an entity tag already was
// kept by its maker.
class AnswerCache {
 public:
  struct Options {
    std::size_t bytes_max = std::size_t{16} << 20;  // of all answers; the longest unused go first
    std::chrono::milliseconds age_max = std::chrono::seconds(5);
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
  };

  AnswerCache();
  explicit AnswerCache(Options options);

  // Whether it asks for what everyone would get.
  static bool may_serve(const Request& request);

  // The answer that was kept, compressed if the request takes that; 304 if the client has it already.
  // Requires: may_serve(request).
  std::optional<Response> find(const Request& request, Version version);

  // Gives back what the request gets: the same with an entity tag (RFC 9110, section 8.8.3), compressed, or
  // 304. Keeps an answer that is for everyone, unless no version was certain while it was made. Any other
  // answer goes back as it came. Requires: may_serve(request).
  Response keep(const Request& request, std::optional<Version> version, Response response);

 private:
  struct Answer;  // immutable
  using Kept = std::shared_ptr<const Answer>;

  struct Place {
    std::string key;
    Kept answer;
  };

  bool holds(const Answer& answer, Version version) const;
  void put(std::string key, Kept answer);
  Response respond(const Request& request, const std::string& key, Kept answer);

  const Options options_;

  std::mutex mutex_;
  std::list<Place> places_;  // the last used first
  std::unordered_map<std::string_view, std::list<Place>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

// Whether the client has what this weak entity tag ("W/\"...\"") names (RFC 9110, section 13.1.2).
bool has_already(const Request& request, std::string_view tag);

}  // namespace hoopoe::net
