// Every surface, asked by everybody in the middle of random histories, and compared with a slow oracle.

#include <chrono>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/notifications.h"
#include "app/sign_in.h"
#include "main/test_answers.h"
#include "main/test_site.h"
#include "tests/oracle/naive_square.h"
#include "tests/support/kept_log.h"
#include "tests/support/live_reader.h"
#include "tests/support/random_history.h"
#include "tests/support/soak.h"
#include "tests/support/test_square.h"
#include "web/routes.h"

namespace hoopoe {
namespace {

namespace json = boost::json;
using tests::NaiveSquare;
using Posts = NaiveSquare::Posts;
using testing::ElementsAreArray;
using testing::UnorderedElementsAreArray;

// One who listens, and all the words with a number that came.
struct Listener {
  std::size_t onlooker = 0;
  std::string target;
  std::shared_ptr<net::Stream> stream;
};

class Surfaces {
 public:
  explicit Surfaces(unsigned seed) : history_(square_, seed), seed_(seed) {
    square_.live().start();
    for (const app::Actor& actor : history_.people()) onlookers_.push_back({.actor = actor});
    for (Onlooker& onlooker : onlookers_) site_.sign_in(onlooker);
    onlookers_.emplace_back();
    truth_ = look();
  }

  void step() {
    history_.step();
    tests::settle(square_.live());
    NaiveSquare before = std::exchange(truth_, look());
    hear(before);
    listen();
  }

  // All surfaces, as one of them sees them.
  void compare() {
    Onlooker& onlooker = onlookers_[history_.random()() % onlookers_.size()];
    if (onlooker.account() && !truth_.is_shown(onlooker.account())) return;
    if (onlooker.account()) site_.sign_in(onlooker);  // a suspension ended what there was
    compare_lists(onlooker);
    compare_accounts(onlooker);
    for (int i = 0; i < 3; ++i) compare_post(onlooker);
    compare_photos(onlooker);
    if (onlooker.account()) compare_notifications(onlooker);
    visit_all(onlooker);
    resume(onlooker);
  }

  std::size_t compared() const { return compared_; }
  std::size_t canaries() const { return canaries_; }
  std::size_t heard() const { return heard_; }
  std::size_t resumed() const { return resumed_; }
  std::size_t occasions() const { return occasions_; }
  std::size_t photos() const { return photos_; }
  app::App& app() { return square_.app(); }

 private:
  NaiveSquare look() {
    return square_.db().read([](store::Read& read) {
      read.forget();
      return NaiveSquare(read);
    });
  }

  net::Response get(const Onlooker& onlooker, const std::string& target) {
    net::Response response = site_.get(target, onlooker);
    EXPECT_LT(response.status, 500) << target << " by " << where(onlooker);
    expect_readable(onlooker, response.headers.lines() + response.content(), target);
    return response;
  }

  bool is_for(const Onlooker& onlooker, std::size_t canary, const NaiveSquare& truth) const {
    const auto words = history_.words(canary);
    if (!words.post) return words.author && words.author == onlooker.account();
    return words.are_newest ? truth.reads(onlooker.account(), words.post)
                            : truth.reads_old(onlooker.account(), words.post, words.visibility);
  }

  // What was taken down is quoted to its author, there alone.
  bool is_own_notice(const Onlooker& onlooker, std::size_t canary, const std::string& target) const {
    const auto words = history_.words(canary);
    return target.starts_with("/notifications") && words.post && words.are_newest &&
           truth_.post(words.post).author == onlooker.account();
  }

  // No words that are not for this one.
  void expect_readable(const Onlooker& onlooker, std::string_view text, const std::string& target) {
    for (const std::size_t canary : canaries_in(text)) {
      EXPECT_TRUE(is_for(onlooker, canary, truth_) || is_own_notice(onlooker, canary, target))
          << "canary" << canary << " in " << target << " for " << where(onlooker);
      ++canaries_;
    }
    for (const std::string& name : photo_names_in(text)) {
      EXPECT_TRUE(target.contains(name) || truth_.is_told_photo(onlooker.account(), name))
          << "photo " << name << " in " << target << " for " << where(onlooker);
    }
  }

  // --- Streams.

  void listen() {
    std::erase_if(listeners_, [](const Listener& listener) { return listener.stream->closed(); });
    for (std::size_t i = 0; i < onlookers_.size(); ++i) {
      for (const std::string& target : stream_targets()) {
        if (std::ranges::any_of(listeners_, [&](const Listener& listener) {
              return listener.onlooker == i && listener.target == target;
            })) {
          continue;
        }
        Onlooker& onlooker = onlookers_[i];
        if (onlooker.account() && !truth_.is_shown(onlooker.account())) continue;
        net::Response response = get(onlooker, target);
        if (response.status == 401 && onlooker.account()) {
          site_.sign_in(onlooker);
          response = get(onlooker, target);
        }
        if (response.stream)
          listeners_.push_back({.onlooker = i, .target = target, .stream = response.stream});
      }
    }
  }

  // What came was readable before the last deed or is after it.
  void hear(const NaiveSquare& before) {
    for (const Listener& listener : listeners_) {
      const Onlooker& onlooker = onlookers_[listener.onlooker];
      std::vector<net::Message> messages;
      listener.stream->take(messages);
      for (const net::Message& message : messages) {
        for (const std::size_t canary : canaries_in(*message)) {
          EXPECT_TRUE(is_for(onlooker, canary, before) || is_for(onlooker, canary, truth_))
              << "canary" << canary << " in " << listener.target << " for " << where(onlooker);
          ++heard_;
        }
      }
    }
  }

  // Who comes back from away, or only says so, is shown what is theirs to read now.
  void resume(const Onlooker& onlooker) {
    const EventId after = square_.db().read([&](store::Read& read) {
      // As far back as a stream surely goes on from, see LiveHub::replay.
      const auto recent = read.values<EventId>("select id from outbox order by id desc limit 40");
      return recent.empty() ? EventId{} : recent.back();
    });
    if (!after) return;
    std::vector<std::string> targets = stream_targets();
    targets.push_back("/live/events?on=account:" + some_account().account().str());
    for (const std::string& target : targets) {
      net::Request request = TestSite::request(net::Method::get, target, onlooker);
      request.headers.add("Last-Event-ID", after.str());
      const net::Response response = site_.answer(request);
      if (!response.stream) continue;
      tests::settle(square_.live());
      std::vector<net::Message> messages;
      response.stream->take(messages);
      for (const net::Message& message : messages) {
        expect_readable(onlooker, *message, target + " after " + after.str());
        ++resumed_;
      }
      response.stream->close();
    }
  }

  std::vector<std::string> stream_targets() const {
    const std::string occasion = (history_.occasion() ? history_.occasion() : PostId{7}).str();
    return {"/api/v1/streaming/user", "/api/v1/streaming/public", "/api/v1/streaming/hashtag?tag=spring",
            "/live/events?on=event:" + occasion,
            "/live/events?on=everyone&on=tag:sea&on=account:" + onlookers_.front().account().str()};
  }

  // --- Lists.

  void compare_lists(const Onlooker& onlooker) {
    const AccountId viewer = onlooker.account();
    expect_api(onlooker, "/api/v1/timelines/public", truth_.everyone(viewer));
    expect_api(onlooker, "/api/v1/timelines/public?only_media=true",
               truth_.with_photos(truth_.everyone(viewer)));
    expect_page(onlooker, "/", truth_.everyone(viewer));
    expect_feed(onlooker, "/feed.json", truth_.everyone(viewer));
    for (const char* tag : {"spring", "sea", "sky"}) {
      expect_api(onlooker, std::string("/api/v1/timelines/tag/") + tag, truth_.tagged(viewer, tag));
      expect_page(onlooker, std::string("/tags/") + tag, truth_.tagged(viewer, tag));
      expect_feed(onlooker, fmt::format("/tags/{}.json", tag), truth_.tagged(viewer, tag));
    }
    if (const PostId id = history_.occasion()) compare_occasion(onlooker, id);
    if (!viewer) return;
    expect_api(onlooker, "/api/v1/timelines/home", truth_.home(viewer));
    expect_page(onlooker, "/home", truth_.home(viewer));
    expect_api(onlooker, "/api/v1/bookmarks", truth_.bookmarked(viewer));
    expect_page(onlooker, "/bookmarks", truth_.bookmarked(viewer));
    expect_api(onlooker, "/api/v1/favourites", truth_.favourites(viewer));
    expect_page(onlooker, "/favourites", truth_.favourites(viewer));
  }

  void compare_occasion(const Onlooker& onlooker, PostId id) {
    const std::string page = "/@" + account_name(truth_.post(id).author) + "/" + id.str() + "/live";
    const auto expected = truth_.occasion(onlooker.account(), id);
    if (!expected) {
      EXPECT_THAT(get(onlooker, page).status, testing::AnyOf(302, 404, 410))
          << page << " for " << where(onlooker);
      return;
    }
    Posts with_summary = *expected;
    with_summary.insert(with_summary.begin(), id);
    expect(onlooker, page, with_summary,
           all_of(onlooker, page, [&](const net::Response& response, std::vector<std::string>& found) {
             for (const std::string& post : posts_on(response.content())) {
               // The summary stands first on each part of the list.
               if (found.empty() || post != found.front()) found.push_back(post);
             }
             return next_page(response.content());
           }));
    ++occasions_;
  }

  void compare_accounts(const Onlooker& onlooker) {
    const AccountId viewer = onlooker.account();
    const Onlooker& one = some_account();
    const Onlooker& other = some_account();
    const AccountId of = one.account();
    const std::string api = "/api/v1/accounts/" + of.str();
    const std::string page = "/@" + one.name;
    if (!truth_.is_shown(of)) {
      for (const std::string& target :
           {api, api + "/statuses", api + "/followers", page, page + "/photos", page + "/live"}) {
        EXPECT_EQ(get(onlooker, target).status, 404) << target << " for " << where(onlooker);
      }
      return;
    }
    const Posts all = truth_.of_author(viewer, of);
    const Posts own = truth_.of_author(viewer, of, NaiveSquare::Replies::hidden);
    const Posts pinned = truth_.pinned(viewer, of);
    expect_api(onlooker, api + "/statuses", all);
    expect_api(onlooker, api + "/statuses?exclude_replies=true", own);
    expect_api(onlooker, api + "/statuses?pinned=true", pinned);
    Posts with_pinned = pinned;
    with_pinned.insert(with_pinned.end(), own.begin(), own.end());
    expect_page(onlooker, page, with_pinned.empty() ? all : with_pinned);
    expect_page(onlooker, page + "/with-replies", all);
    expect_api(onlooker, api + "/statuses?only_media=true", truth_.with_photos(all));
    expect_page(onlooker, page + "/photos", truth_.with_photos(all));
    photos_ += truth_.with_photos(all).size();
    expect_feed(onlooker, page + ".json", own);
    expect_feed(onlooker, page + "/with-replies.json", all);
    expect_feed(onlooker, page + "/photos.json", truth_.with_photos(all));
    expect_page(onlooker, page + "/live", truth_.live(viewer, of));
    if (of == other.account() || !truth_.is_shown(other.account())) return;
    Posts exchange = truth_.exchange(viewer, of, other.account());
    expect_feed(onlooker, page + "/with/@" + other.name + ".json", exchange);
    std::ranges::reverse(exchange);
    expect_page(onlooker, page + "/with/@" + other.name, exchange);
  }

  void compare_post(const Onlooker& onlooker) {
    if (history_.posts().empty()) return;
    const AccountId viewer = onlooker.account();
    const PostId id = some_post();
    const std::string api = "/api/v1/statuses/" + id.str();
    const bool sees = truth_.sees(viewer, truth_.post(id));
    const net::Response status = get(onlooker, api);
    EXPECT_EQ(status.status, sees ? 200 : 404) << api << " for " << where(onlooker);
    ++compared_;
    if (!sees) return;
    const PostId said = truth_.post(id).repost_of ? truth_.post(id).repost_of : id;
    std::vector<std::string> fans;
    for (const AccountId fan : truth_.favourited_by(viewer, said)) fans.push_back(fan.str());
    EXPECT_THAT(ids_of(get(onlooker, api + "/favourited_by").content()), UnorderedElementsAreArray(fans))
        << api << " for " << where(onlooker);

    const json::value context = json::parse(get(onlooker, api + "/context").content());
    EXPECT_THAT(ids_in(context.at("ancestors")), ElementsAreArray(words(truth_.ancestors(viewer, id))))
        << api << " for " << where(onlooker);
    const std::set<PostId> below = truth_.descendants(viewer, id);
    if (viewer) {
      EXPECT_THAT(ids_in(context.at("descendants")),
                  UnorderedElementsAreArray(words(Posts(below.begin(), below.end()))))
          << api << " for " << where(onlooker);
    }
  }

  void compare_photos(const Onlooker& onlooker) {
    for (const std::string& name : truth_.photo_names()) {
      const std::string file = "/photos/" + name + ".webp";
      EXPECT_EQ(get(onlooker, file).status, truth_.opens_photo(onlooker.account(), name) ? 200 : 404)
          << file << " for " << where(onlooker);
    }
  }

  void compare_notifications(const Onlooker& onlooker) {
    const AccountId viewer = onlooker.account();
    std::vector<std::string> expected;
    square_.db().read([&](store::Read& read) {
      for (const auto id : read.values<NotificationId>(
               "select id from notifications where account_id = $1 order by id desc", viewer)) {
        const Notification notification = *store::notifications::find(read, viewer, id);
        if (truth_.is_told(viewer, notification.from, notification.post)) expected.push_back(id.str());
      }
    });
    EXPECT_THAT(all_ids(onlooker, "/api/v1/notifications"), ElementsAreArray(expected)) << where(onlooker);
    compared_ += expected.size();
  }

  // Whatever else there is to get, with whatever ids: no words that are not for this one, and no 500.
  void visit_all(const Onlooker& onlooker) {
    for (const api::Route& route : api::routes()) {
      if (route.method != net::Method::get || route.pattern.starts_with("/api/v1/streaming")) continue;
      get(onlooker, anything(route.pattern) + "?q=a&id[]=" + some_id() + "&acct=" + some_account().name);
    }
    for (const web::RoutePattern& route : web::route_patterns()) {
      if (route.method != net::Method::get || route.pattern.starts_with("/live/")) continue;
      get(onlooker, anything(route.pattern) + (route.pattern == "/compose" ? "?reply_to=" + some_id() : ""));
    }
  }

  std::string anything(std::string_view pattern) {
    const bool of_account = pattern.contains("/accounts/:id");
    return filled(std::string(pattern), {{":handle", some_account().name},
                                         {":other", some_account().name},
                                         {":id", of_account ? some_account().account().str() : some_id()},
                                         {":tag", "spring"},
                                         {":hashtag", "spring"},
                                         {":name", "style.css"}});
  }

  void expect_api(const Onlooker& onlooker, const std::string& target, const Posts& expected) {
    expect(onlooker, target, expected, all_ids(onlooker, target));
  }

  void expect_page(const Onlooker& onlooker, const std::string& target, const Posts& expected) {
    expect(onlooker, target, expected,
           all_of(onlooker, target, [](const net::Response& response, std::vector<std::string>& found) {
             std::ranges::copy(posts_on(response.content()), std::back_inserter(found));
             return next_page(response.content());
           }));
  }

  void expect_feed(const Onlooker& onlooker, const std::string& target, const Posts& expected) {
    expect(onlooker, target, expected,
           all_of(onlooker, target, [&](const net::Response& response, std::vector<std::string>& found) {
             const json::object feed = json::parse(response.content()).as_object();
             for (const json::value& item : feed.at("items").as_array()) {
               const std::string_view id = item.at("id").as_string();
               found.emplace_back(id.substr(id.rfind('/') + 1));
             }
             if (!feed.contains("next_url")) return std::string();
             return std::string(feed.at("next_url").as_string()).substr(app().public_url.size());
           }));
  }

  void expect(const Onlooker& onlooker, const std::string& target, const Posts& expected,
              const std::vector<std::string>& found) {
    EXPECT_THAT(found, ElementsAreArray(words(expected))) << target << " for " << where(onlooker);
    compared_ += expected.size();
  }

  std::vector<std::string> all_ids(const Onlooker& onlooker, const std::string& target) {
    return all_of(onlooker, target, [](const net::Response& response, std::vector<std::string>& found) {
      std::ranges::copy(ids_of(response.content()), std::back_inserter(found));
      return next_target(response);
    });
  }

  // From the first page to the last: `take` adds what is on one and gives the next.
  template <class Take>
  std::vector<std::string> all_of(const Onlooker& onlooker, std::string target, const Take& take) {
    std::vector<std::string> found;
    while (!target.empty()) {
      const net::Response response = get(onlooker, target);
      EXPECT_EQ(response.status, 200) << target << " for " << where(onlooker);
      if (response.status != 200) break;
      target = take(response, found);
    }
    return found;
  }

  static std::vector<std::string> words(const Posts& posts) {
    std::vector<std::string> found;
    for (const PostId id : posts) found.push_back(id.str());
    return found;
  }

  std::string account_name(AccountId account) const {
    return std::ranges::find(onlookers_, account, [](const Onlooker& onlooker) { return onlooker.account(); })
        ->name;
  }
  const Onlooker& some_account() { return onlookers_[history_.random()() % history_.people().size()]; }
  PostId some_post() { return history_.posts()[history_.random()() % history_.posts().size()]; }
  std::string some_id() { return history_.posts().empty() ? "7" : some_post().str(); }
  std::string where(const Onlooker& onlooker) const {
    return onlooker.name + ", seed " + std::to_string(seed_);
  }

  tests::TestSquare square_;
  TestSite site_{square_};
  tests::RandomHistory history_;
  unsigned seed_;
  std::vector<Onlooker> onlookers_;
  std::vector<Listener> listeners_;
  NaiveSquare truth_ = look();
  std::size_t compared_ = 0;
  std::size_t canaries_ = 0;
  std::size_t heard_ = 0;
  std::size_t resumed_ = 0;
  std::size_t occasions_ = 0;
  std::size_t photos_ = 0;
};

constexpr int steps = 500;  // of one history
constexpr unsigned seed_stride = 1000;

class SurfacesTest : public testing::TestWithParam<unsigned> {};

TEST_P(SurfacesTest, AfterAnyHistoryShowEveryoneWhatTheRulesSayAndNoWordMore) {
  const TemporaryDirectory directory;
  const tests::KeptLog log(directory.path() / "log");
  const auto end = std::chrono::steady_clock::now() + tests::soak();
  unsigned seed = GetParam();
  do {
    Surfaces surfaces(seed);
    for (int i = 0; i < steps && !HasFailure(); ++i) {
      surfaces.step();
      if (i % 10 == 9) surfaces.compare();
    }
    EXPECT_GT(surfaces.compared(), 1000U);
    EXPECT_GT(surfaces.canaries(), 1000U);
    EXPECT_GT(surfaces.heard(), 100U);
    EXPECT_GT(surfaces.resumed(), 100U);
    EXPECT_GT(surfaces.occasions(), 5U);
    EXPECT_GT(surfaces.photos(), 20U);
    seed += seed_stride;
  } while (std::chrono::steady_clock::now() < end && !HasFailure());
  log::error("the log is kept");
  EXPECT_THAT(log.text(), testing::HasSubstr("the log is kept"));
  EXPECT_THAT(log.text(), testing::Not(testing::HasSubstr("canary")));
}

INSTANTIATE_TEST_SUITE_P(Of, SurfacesTest, testing::Range(30U, 36U));

}  // namespace
}  // namespace hoopoe
