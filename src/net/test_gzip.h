#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <libdeflate.h>

namespace hoopoe::net {

// What a client makes of a compressed answer. Throws std::runtime_error for what is no whole member.
inline std::string gunzip(std::string_view bytes) {
  constexpr std::size_t text_bytes_max = std::size_t{4} << 20;
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(
      libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  std::string text(text_bytes_max, '\0');
  std::size_t size = 0;
  if (libdeflate_gzip_decompress(decompressor.get(), bytes.data(), bytes.size(), text.data(), text.size(),
                                 &size) != LIBDEFLATE_SUCCESS) {
    throw std::runtime_error("not gzip");
  }
  text.resize(size);
  return text;
}

}  // namespace hoopoe::net
