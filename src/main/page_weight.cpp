#include "main/page_weight.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "base/temporary_directory.h"
#include "main/cast.h"
#include "main/site.h"
#include "main/square.h"
#include "net/gzip.h"
#include "net/response_head.h"
#include "net/target.h"
#include "web/assets.h"
#include "web/routes.h"

namespace hoopoe {

namespace {

constexpr std::string_view host = "square.example";
constexpr std::size_t kilobyte = 1024;
constexpr int replies_in_thread = 40;
constexpr int requests_max = 4;  // of a first view

struct Budget {
  std::string_view pattern;
  std::size_t bytes_max;
};
// A permalink comes with the first round trip of data (10 segments of 1,460 bytes, RFC 6928).
constexpr std::array budgets{
    Budget{"/@:handle/:id", 13 * kilobyte},
    Budget{"/@:handle/:id/embed", 13 * kilobyte},
    Budget{"/@:handle/:id/image.png", 200 * kilobyte},
    Budget{"/photos/:name.jpg", 500 * kilobyte},
    Budget{"/photos/:name.webp", 60 * kilobyte},
};
constexpr std::size_t page_bytes_max = 30 * kilobyte;
constexpr std::size_t all_scripts_bytes_max = 20 * kilobyte;
constexpr std::size_t all_styles_bytes_max = 12 * kilobyte;

constexpr std::array players{
    Player{"jack", "Jack Dorsey", "Just setting up my square."},
    Player{"HassanRouhani", "حسن روحانی", "رئیس‌جمهور پیشین، حقوقدان.", "fa"},
    Player{"nasrin_sky", "نسرین", "ستاره‌شناس", "fa"},
    Player{"leila_maps", "Leila", "Maps, trains, rivers."},
    Player{"sam_birds", "Sam the birder", "Hoopoes, mostly."},
};

// Words that nobody has said, of syllables that come by chance: some 3 bits a letter, as in people's.
class Words {
 public:
  std::string english(std::size_t length) {
    constexpr std::string_view consonants = "bcdfghjklmnprstvwz";
    constexpr std::string_view vowels = "aeiou";
    return text(length, [&] {
      return std::string{consonants[draw(consonants.size())], vowels[draw(vowels.size())]};
    });
  }
  std::string persian(std::size_t length) {
    constexpr std::array letters{"ب", "پ", "ت", "ج", "خ", "د", "ر", "ز", "س", "ش",
                                 "ک", "گ", "ل", "م", "ن", "و", "ه", "ی", "ا", "آ"};
    return text(length,
                [&] { return std::string(letters[draw(letters.size())]) + letters[draw(letters.size())]; });
  }

 private:
  std::size_t draw(std::size_t count) { return random_() % count; }

  template <class Syllable>
  std::string text(std::size_t length, const Syllable& syllable) {
    std::string words;
    for (std::size_t letters = 0; letters < length;) {
      for (std::size_t left = 1 + draw(4); left > 0; --left, letters += 2) words += syllable();
      words += ' ';
      ++letters;
    }
    return words;
  }

  std::mt19937 random_{2013};  // NOLINT(cert-msc51-cpp): the same each time
};

class WeighedSquare {
 public:
  WeighedSquare() : core_(folder_.path(), settings()), site_(core_.app(), {std::string(host)}) { fill(); }

  std::vector<PageWeight> weigh() {
    std::vector<PageWeight> weights;
    for (const web::RoutePattern& route : web::route_patterns()) {
      const bool is_stream = route.pattern.starts_with("/live/");
      const bool is_way = route.pattern == "/posts/:id";  // a redirect
      if (route.method != net::Method::get || !route.for_everyone || is_stream || is_way) continue;
      weights.push_back(weigh(route.pattern));
    }
    weights.push_back(weigh_scripts());
    weights.push_back(weigh_styles());
    return weights;
  }

 private:
  static Settings settings() {
    Settings settings;
    settings.public_url = "https://" + std::string(host);
    settings.other_hosts = {std::string(56, 'a') + ".onion"};
    settings.sign_up_mode = "open";
    settings.rate_limits_enabled = false;
    settings.trusted_proxies = {"127.0.0.1"};
    return settings;
  }

  static std::size_t budget_of(std::string_view pattern) {
    const auto found = std::ranges::find(budgets, pattern, &Budget::pattern);
    return found == budgets.end() ? page_bytes_max : found->bytes_max;
  }

  void fill() {
    Cast cast(core_.app(), players);
    Words words;
    constexpr std::size_t length = 90;
    const auto some = [&](int i) { return i % 2 == 0 ? words.english(length) : words.persian(length); };
    const auto player = [](int i) { return players[static_cast<std::size_t>(i) % players.size()].handle; };
    const std::string_view picture = web::find_static_file("avatar.png")->bytes;
    for (int i = 0; i < page_limit_default; ++i)
      photo_ = cast.show("jack", some(i), picture, some(i + 1)).name;
    for (int i = 0; i < page_limit_max; ++i) {
      const PostId post = cast.say("jack", some(i) + "#square");
      cast.favourite(player(i), post);
    }
    thread_ = cast.say("jack", "@HassanRouhani " + words.english(length));
    std::vector<std::string> speakers;
    speakers.reserve(players.size());
    for (const Player& each : players) speakers.emplace_back(each.handle);
    cast.hold_event("jack", thread_, std::move(speakers));
    PostId answered = thread_;
    for (int i = 0; i < replies_in_thread; ++i) {
      const PostId reply = cast.say(player(i + 1), "@jack " + some(i), i % 4 == 0 ? thread_ : answered);
      if (i % 3 == 0) cast.repost(player(i), reply);
      answered = reply;
    }
  }

  std::string path_of(std::string_view pattern) const {
    const bool is_photo = pattern.starts_with("/photos/");
    const std::map<std::string, std::string> captures{{":handle", "jack"},
                                                      {":other", "HassanRouhani"},
                                                      {":id", thread_.str()},
                                                      {":tag", "square"},
                                                      {":name", is_photo ? photo_ : "hoopoe.js"}};
    std::string path(pattern);
    for (const auto& [name, value] : captures) {
      if (const std::size_t at = path.find(name); at != std::string::npos)
        path.replace(at, name.size(), value);
    }
    if (path.ends_with("/image.png")) path += "?v=0";
    if (path == "/api/oembed") path += "?url=https://" + std::string(host) + "/posts/" + thread_.str();
    return path;
  }

  net::Response get(const std::string& target, std::string_view encoding) {
    const auto parsed = net::parse_target(target);
    net::Request request{.method = net::Method::get,
                         .target = target,
                         .path = parsed->path,
                         .query = parsed->query,
                         .host = std::string(host)};
    request.headers.add("Host", host);
    request.headers.add("Accept-Encoding", encoding);
    try {
      return run_alone(site_.answer(request));
    } catch (...) {
      return site_.render_error(request, std::current_exception());
    }
  }

  PageWeight weigh(std::string_view pattern) {
    const std::string path = path_of(pattern);
    const net::Response response = get(path, "gzip");
    const std::string head =
        net::response_head(response, net::http_date(core_.app().clock.now()), net::Ending::keep_alive);
    return {.path = path,
            .pattern = std::string(pattern),
            .status = response.status,
            .bytes = head.size() + response.content().size(),
            .bytes_max = budget_of(pattern),
            .requests = 1 + further_requests(path),
            .requests_max = requests_max};
  }

  // What the page names that a browser fetches with it.
  int further_requests(const std::string& path) {
    const std::string html = get(path, "identity").content();
    int count = 0;
    for (const std::string_view mark : {"<script src=", "rel=\"icon\"", "rel=\"stylesheet\"", "<iframe"}) {
      for (std::size_t at = html.find(mark); at != std::string::npos; at = html.find(mark, at + 1)) ++count;
    }
    return count;
  }

  PageWeight weigh_scripts() {
    PageWeight all{.path = "all scripts", .status = 200, .bytes_max = all_scripts_bytes_max};
    for (const std::string_view name : web::static_file_names()) {
      if (name.ends_with(".js")) all.bytes += get("/static/" + std::string(name), "gzip").content().size();
    }
    return all;
  }

  PageWeight weigh_styles() {
    const std::string html = get("/", "identity").content();
    const std::size_t begin = html.find("<style>");
    const std::string styles = html.substr(begin, html.find("</style>") - begin);
    return {.path = "all styles, in each page",
            .status = 200,
            .bytes = net::gzip(styles, net::Effort::fast).size(),
            .bytes_max = all_styles_bytes_max};
  }

  TemporaryDirectory folder_;
  Core core_;
  Site site_;
  PostId thread_;
  std::string photo_;  // its name
};

}  // namespace

std::vector<PageWeight> weigh_pages() { return WeighedSquare().weigh(); }

int run_page_weight(std::ostream& out) {
  bool are_within = true;
  fmt::print(out, "{:>8} {:>8} {:>8}  {}\n", "bytes", "at most", "requests", "path");
  for (const PageWeight& page : weigh_pages()) {
    fmt::print(out, "{:>8} {:>8} {:>8}  {}{}\n", page.bytes, page.bytes_max, page.requests, page.path,
               page.is_within() ? "" : fmt::format("  OVER ITS BUDGET, or not answered: {}", page.status));
    are_within = are_within && page.is_within();
  }
  return are_within ? 0 : 1;
}

}  // namespace hoopoe
