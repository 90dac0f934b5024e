#include "net/answer_cache.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/hash.h"
#include "net/gzip.h"

namespace hoopoe::net {

namespace {

// What an answer costs beside its texts: the answer, its place, what finds it.
constexpr std::size_t overhead_bytes = 512;

std::string key_of(const Request& request) {
  std::string key;
  key.reserve(request.host.size() + request.target.size() + 2);
  key.append(request.host).append(request.secure ? "\n" : "\r");
  return key.append(request.saves_data() ? "\t" : "").append(request.target);
}

bool depends_on_the_client(const Headers& headers) {
  constexpr std::array absent_or_known{"Cookie", "Authorization", "Accept-Encoding", "Save-Data"};
  return !std::ranges::all_of(headers.all("Vary"), [&](std::string_view name) {
    return std::ranges::any_of(absent_or_known,
                               [&](const char* known) { return equal_ignoring_case(name, known); });
  });
}

bool is_for_everyone(const Response& response) {
  return response.status == 200 && !response.stream && !response.websocket && !response.source &&
         response.headers.find("Cache-Control").value_or("").starts_with("public") &&
         !response.headers.find("Set-Cookie") && !response.headers.find("ETag") &&
         !depends_on_the_client(response.headers);
}

bool is_immutable(const Headers& headers) {
  return headers.find("Cache-Control").value_or("").ends_with("immutable");
}

// Weak: the same for the answer and for its compressed form.
std::string entity_tag(std::string_view content) {
  constexpr std::size_t enough = 16;  // bytes: none will ever be the same by chance
  return "W/\"" + crypto::base64url(crypto::sha256_bytes(content).substr(0, enough)) + "\"";
}

}  // namespace

bool has_already(const Request& request, std::string_view tag) {
  for (std::string_view list : request.headers.all("If-None-Match")) {
    while (!list.empty()) {
      const std::string_view one = take_element(list);
      if (one == "*" || one == tag || (one.starts_with('"') && one == tag.substr(2))) return true;
    }
  }
  return false;
}

struct AnswerCache::Answer {
  Headers headers;
  std::string tag;
  std::shared_ptr<const std::string> plain;
  std::shared_ptr<const std::string> packed;  // made when it is first asked for
  bool is_compressible = false;
  bool is_immutable = false;
  std::optional<Version> version;
  std::chrono::steady_clock::time_point made;

  std::size_t bytes() const {
    return plain->size() + (packed ? packed->size() : 0) + headers.lines().size() + overhead_bytes;
  }
};

AnswerCache::AnswerCache() : AnswerCache(Options{}) {}

AnswerCache::AnswerCache(Options options) : options_(std::move(options)) {}

bool AnswerCache::may_serve(const Request& request) {
  return (request.method == Method::get || request.method == Method::head) &&
         !request.headers.find("Cookie") && !request.headers.find("Authorization");
}

bool AnswerCache::holds(const Answer& answer, Version version) const {
  return answer.is_immutable ||
         (answer.version == version && options_.now() - answer.made <= options_.age_max);
}

std::optional<Response> AnswerCache::find(const Request& request, Version version) {
  const std::string key = key_of(request);
  Kept kept;
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return std::nullopt;
    places_.splice(places_.begin(), places_, found->second);
    kept = found->second->answer;
  }
  if (!holds(*kept, version)) return std::nullopt;
  return respond(request, key, std::move(kept));
}

Response AnswerCache::keep(const Request& request, std::optional<Version> version, Response response) {
  if (!is_for_everyone(response)) return response;
  auto answer = std::make_shared<Answer>();
  answer->tag = entity_tag(response.content());
  answer->is_compressible = is_compressible(response);
  answer->is_immutable = is_immutable(response.headers);
  answer->headers = std::move(response.headers);
  answer->headers.add("ETag", answer->tag);
  if (answer->is_compressible) answer->headers.add("Vary", "Accept-Encoding");
  answer->plain = response.shared_body ? std::move(response.shared_body)
                                       : std::make_shared<const std::string>(std::move(response.body));
  answer->version = version;
  answer->made = options_.now();
  std::string key = key_of(request);
  if (version || answer->is_immutable) put(key, answer);
  return respond(request, key, std::move(answer));
}

void AnswerCache::put(std::string key, Kept answer) {
  const auto cost = [](const Place& place) { return place.key.size() + place.answer->bytes(); };
  Place place{.key = std::move(key), .answer = std::move(answer)};
  const std::lock_guard lock(mutex_);
  const auto remove = [&](std::list<Place>::iterator old) {
    bytes_ -= cost(*old);
    by_key_.erase(old->key);
    places_.erase(old);
  };
  if (const auto found = by_key_.find(place.key); found != by_key_.end()) remove(found->second);
  if (cost(place) > options_.bytes_max) return;
  bytes_ += cost(place);
  places_.push_front(std::move(place));
  by_key_.emplace(places_.front().key, places_.begin());
  while (bytes_ > options_.bytes_max) remove(std::prev(places_.end()));
}

Response AnswerCache::respond(const Request& request, const std::string& key, Kept answer) {
  Response response{.headers = answer->headers};
  if (has_already(request, answer->tag)) {
    response.status = 304;
    response.headers.erase("Content-Type");
    return response;
  }
  if (!answer->is_compressible || !accepts_gzip(request.header("Accept-Encoding"))) {
    response.shared_body = answer->plain;
    return response;
  }
  if (!answer->packed) {
    auto with_both = std::make_shared<Answer>(*answer);
    with_both->packed = std::make_shared<const std::string>(
        gzip(*answer->plain, answer->is_immutable ? Effort::small : Effort::fast));
    answer = with_both;
    if (answer->version || answer->is_immutable) put(key, answer);
  }
  response.headers.add("Content-Encoding", "gzip");
  response.shared_body = answer->packed;
  return response;
}

}  // namespace hoopoe::net
