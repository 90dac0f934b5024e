#include "store/email_blocks.h"

#include "domain/handle.h"

namespace hoopoe::store::email_blocks {

bool matches(Read& read, std::string_view email) {
  std::string address = handle_key(email);
  while (address.ends_with('.')) address.pop_back();  // the root of all domains goes without saying
  const auto is_blocked = [&](std::string_view pattern) {
    return read.exists("select 1 from email_blocks where pattern = $1", pattern);
  };
  if (is_blocked(address)) return true;
  // mail.example.org, then example.org, then org.
  std::string_view domain = std::string_view(address).substr(address.rfind('@') + 1);
  while (!domain.empty()) {
    if (is_blocked(domain)) return true;
    const std::size_t dot = domain.find('.');
    domain.remove_prefix(dot == std::string_view::npos ? domain.size() : dot + 1);
  }
  return false;
}

std::vector<std::string> list(Read& read) {
  return read.values<std::string>("select pattern from email_blocks order by pattern");
}

bool insert(Write& write, std::string_view pattern) {
  return write.execute("insert into email_blocks (pattern, created) values ($1, $2) on conflict do nothing",
                       handle_key(pattern), write.now()) > 0;
}

bool erase(Write& write, std::string_view pattern) {
  return write.execute("delete from email_blocks where pattern = $1", handle_key(pattern)) > 0;
}

}  // namespace hoopoe::store::email_blocks
