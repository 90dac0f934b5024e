#include "app/live.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "web/test_browser.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LiveTest : public PageTest {
 protected:
  // The hub forgets what is old by the machine's own clock.
  LiveTest() {
    site_.clock().now_ = system_clock().now();
    site_.live().start();
  }
  void TearDown() override { site_.live().stop(); }

  // What a stream brings until it holds these words, or ten seconds are over.
  static std::string read_until(net::Stream& stream, const std::string& words) {
    std::string all;
    for (int i = 0; i < 1000 && !all.contains(words); ++i) {
      std::vector<net::Message> messages;
      if (!stream.take(messages)) break;
      for (const net::Message& message : messages) all += *message;
      std::this_thread::sleep_for(milliseconds{10});
    }
    return all;
  }

  std::string events_of(const Somebody& who) { return "/live/events?on=account:" + who.actor.account.str(); }
};

TEST_F(LiveTest, what_is_said_comes_as_a_piece_of_the_page_and_goes_when_it_is_deleted) {
  const net::Response response = site_.get(events_of(jack_));
  EXPECT_EQ(response.headers.find("Content-Type"), "text/event-stream");
  ASSERT_NE(response.stream, nullptr);
  EXPECT_EQ(*response.stream->options().heartbeat, ":thump\n\n");
  const PostId id = site_.say(jack_, "live <script> words\n\nand more");
  site_.live().wake();
  const std::string events = read_until(*response.stream, "</article>");
  EXPECT_THAT(events,
              AllOf(HasSubstr("event: post\ndata: account:" + jack_.actor.account.str() + "\ndata: <article"),
                    HasSubstr("&lt;script&gt;"), HasSubstr("data: </article>\n\n"),
                    Not(HasSubstr("<script>")), Not(HasSubstr("csrf"))));
  const Somebody leila = site_.join("leila");  // today: the sessions of the others are of 2013
  const net::Response signed_in = site_.get(events_of(jack_), &leila);
  site_.say(jack_, "with buttons");
  site_.live().wake();
  EXPECT_THAT(read_until(*signed_in.stream, "</article>"),
              AllOf(HasSubstr("/favourite\""), Not(HasSubstr("/delete\""))));
  EXPECT_THAT(read_until(*response.stream, "</article>"), Not(HasSubstr("<button")));
  site_.run(app::delete_post(site_.app(), jack_.actor, id));
  site_.live().wake();
  EXPECT_THAT(read_until(*response.stream, "event: delete"),
              HasSubstr("event: delete\ndata: account:" + jack_.actor.account.str() + "\ndata: " + id.str() +
                        "\n\n"));
}

TEST_F(LiveTest, a_reader_who_was_away_is_sent_what_was_missed) {
  const std::string page = site_.get("/@jack/live").body;
  EXPECT_THAT(page, AllOf(HasSubstr("data-live=\"account:" + jack_.actor.account.str() + "\" data-after=\""),
                          HasSubstr("/static/live.js?v=")));
  site_.say(jack_, "first words");
  const net::Response begun = site_.get(events_of(jack_));
  site_.say(jack_, "second words");
  site_.live().wake();
  const std::string second = read_until(*begun.stream, "second words");
  const std::size_t id = second.rfind("id: ", second.find("second words")) + 4;
  net::Headers last;
  last.add("Last-Event-ID", second.substr(id, second.find('\n', id) - id));
  site_.say(rouhani_, "@jack not while nobody answers");
  site_.say(jack_, "third words");
  const net::Response again = site_.get(events_of(jack_), nullptr, last);
  site_.live().wake();
  EXPECT_THAT(read_until(*again.stream, "third words"),
              AllOf(HasSubstr("third words"), Not(HasSubstr("second words"))));
}

TEST_F(LiveTest, the_address_of_the_page_is_where_a_program_listens) {
  EXPECT_THAT(site_.get("/@jack/live").headers.all("Vary"), testing::Contains("Accept"));
  net::Request request = site_.request_for(net::Method::get, "/@jack/live", nullptr);
  request.headers.add("Accept", "text/event-stream");
  EXPECT_NE(site_.answer(std::move(request)).stream, nullptr);
}

TEST_F(LiveTest, the_page_works_without_javascript) {
  EXPECT_THAT(
      page("/@jack/live"),
      AllOf(HasSubstr("<noscript><meta http-equiv=\"refresh\" content=\"60\"></noscript>"),
            HasSubstr("<noscript><p class=\"sub\"><a href=\"?\">See what is new</a></p></noscript>")));
}

TEST_F(LiveTest, nobody_is_interrupted_who_reads_further_down_or_counts_bytes) {
  EXPECT_THAT(page("/@jack/live?max_id=5"), Not(HasSubstr("http-equiv=\"refresh\"")));
  EXPECT_THAT(page("/tags/tag/live?max_id=5"), Not(HasSubstr("http-equiv=\"refresh\"")));
  EXPECT_THAT(page_that_saves_data("/@jack/live"),
              AllOf(Not(HasSubstr("http-equiv=\"refresh\"")), HasSubstr("See what is new")));
}

TEST_F(LiveTest, one_connection_hears_several_lists_each_under_its_name_and_in_order) {
  const std::string lists =
      "on=everyone&on=tag:%D8%A8%D9%87%D8%A7%D8%B1&on=account:" + jack_.actor.account.str();
  const net::Response begun = site_.get("/live/events?" + lists);
  EXPECT_THAT(begun.body, HasSubstr("event: hello\n"));
  site_.say(jack_, "first #بهار");
  site_.live().wake();
  const std::string first = read_until(*begun.stream, "account:");
  EXPECT_THAT(
      first, AllOf(HasSubstr("data: everyone\ndata: <article"), HasSubstr("data: tag:بهار\ndata: <article")));
  const std::size_t id = first.find("id: ") + 4;
  const std::string after = "&after=" + first.substr(id, first.find('\n', id) - id);
  site_.say(rouhani_, "second");
  site_.say(jack_, "third");
  const net::Response again = site_.get("/live/events?" + lists + after);
  site_.live().wake();
  const std::string rest = read_until(*again.stream, "account:");
  EXPECT_LT(rest.find("second"), rest.find("third")) << "or who loses the line in between loses a post";
  EXPECT_THAT(rest, Not(HasSubstr("first")));
}

TEST_F(LiveTest, a_poll_ends_with_the_next_event) {
  const net::Response poll = site_.get("/live/poll?on=everyone");
  EXPECT_EQ(poll.body, "");
  site_.say(jack_, "news");
  site_.live().wake();
  EXPECT_THAT(read_until(*poll.stream, "</article>"), HasSubstr("news"));
  EXPECT_TRUE(poll.stream->closed());
}

TEST_F(LiveTest, lists_that_are_none_or_too_many_are_refused) {
  for (const std::string query :
       {"", "?on=", "?on=home:5", "?on=account:x", "?on=nothing",
        "?on=tag:1&on=tag:2&on=tag:3&on=tag:4&on=tag:5&on=tag:6&on=tag:7&on=tag:8&on=tag:9"}) {
    EXPECT_EQ(site_.get("/live/events" + query).status, 400) << query;
    EXPECT_EQ(site_.get("/live/poll" + query).status, 400) << query;
  }
}

TEST_F(LiveTest, lists_that_begin_with_the_newest_grow_and_later_parts_do_not) {
  site_.say(jack_, "a #tag");
  for (const std::string page : {"/", "/tags/tag", "/tags/tag/live", "/@jack/live"}) {
    EXPECT_THAT(site_.get(page).body, HasSubstr("data-live=\"")) << page;
  }
  for (const std::string page :
       {"/?max_id=5", "/tags/tag?max_id=5", "/tags/tag/live?max_id=5", "/@jack/live?max_id=5", "/@jack"}) {
    EXPECT_THAT(site_.get(page).body, AllOf(Not(HasSubstr("data-live=\"")), Not(HasSubstr("live.js"))))
        << page;
  }
}

}  // namespace
}  // namespace hoopoe::web
