#include "app/live.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish.h"
#include "web/test_site.h"

namespace hoopoe::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LiveTest : public testing::Test {
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

  TestSite site_;
  Somebody jack_ = site_.join("jack");
  Somebody rouhani_ = site_.join("HassanRouhani");
};

TEST_F(LiveTest, what_is_said_comes_as_a_piece_of_the_page_and_goes_when_it_is_deleted) {
  const net::Response response = site_.get("/@jack/live/events");
  EXPECT_EQ(response.headers.find("Content-Type"), "text/event-stream");
  ASSERT_NE(response.stream, nullptr);
  EXPECT_EQ(*response.stream->options().heartbeat, ":thump\n\n");
  const PostId id = site_.say(jack_, "live <script> words\n\nand more");
  site_.live().wake();
  const std::string events = read_until(*response.stream, "</article>");
  EXPECT_THAT(events,
              AllOf(HasSubstr("event: post\ndata: <article"), HasSubstr("&lt;script&gt;"),
                    HasSubstr("data: </article>\n\n"), Not(HasSubstr("<script>")), Not(HasSubstr("csrf"))));
  const Somebody mina = site_.join("mina");  // today: the sessions of the others are of 2013
  const net::Response signed_in = site_.get("/@jack/live/events", &mina);
  site_.say(jack_, "with buttons");
  site_.live().wake();
  EXPECT_THAT(read_until(*signed_in.stream, "</article>"),
              AllOf(HasSubstr("/favourite\""), Not(HasSubstr("/delete\""))));
  EXPECT_THAT(read_until(*response.stream, "</article>"), Not(HasSubstr("<button")));
  site_.run(app::delete_post(site_.app(), jack_.actor, id));
  site_.live().wake();
  EXPECT_THAT(read_until(*response.stream, "event: delete"),
              HasSubstr("event: delete\ndata: " + id.str() + "\n\n"));
}

TEST_F(LiveTest, a_reader_who_was_away_is_sent_what_was_missed) {
  const std::string page = site_.get("/@jack/live").body;
  const std::size_t at = page.find("data-events=\"") + 13;
  const std::string events = page.substr(at, page.find('"', at) - at);
  EXPECT_THAT(events, HasSubstr("/@jack/live/events?after="));
  site_.say(jack_, "first words");
  const net::Response begun = site_.get("/@jack/live/events");
  site_.say(jack_, "second words");
  site_.live().wake();
  const std::string second = read_until(*begun.stream, "second words");
  const std::size_t id = second.rfind("id: ", second.find("second words")) + 4;
  net::Headers last;
  last.add("Last-Event-ID", second.substr(id, second.find('\n', id) - id));
  site_.say(rouhani_, "@jack not while nobody answers");
  site_.say(jack_, "third words");
  const net::Response again = site_.get("/@jack/live/events", nullptr, last);
  site_.live().wake();
  EXPECT_THAT(read_until(*again.stream, "third words"),
              AllOf(HasSubstr("third words"), Not(HasSubstr("second words"))));
}

TEST_F(LiveTest, the_address_of_the_page_is_where_a_program_listens) {
  EXPECT_EQ(site_.get("/@jack/live").headers.find("Vary"), "Accept");
  net::Request request = site_.request_for(net::Method::get, "/@jack/live", nullptr);
  request.headers.add("Accept", "text/event-stream");
  EXPECT_NE(site_.answer(std::move(request)).stream, nullptr);
}

TEST_F(LiveTest, the_page_works_without_javascript) {
  EXPECT_THAT(site_.get("/@jack/live").body,
              HasSubstr("<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>"));
}

}  // namespace
}  // namespace hoopoe::web
