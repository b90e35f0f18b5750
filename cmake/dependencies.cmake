# Everything comes from Debian 12 (scripts/packages.txt).
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(ical REQUIRED IMPORTED_TARGET libical)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
find_package(prometheus-cpp REQUIRED)

# Asio and Beast are compiled once: instantiating them in every file is what makes such programs slow to build. The two switches must hold in every file.
add_library(kentongan_asio STATIC
  ${CMAKE_CURRENT_LIST_DIR}/asio.cpp ${CMAKE_CURRENT_LIST_DIR}/asio_ssl.cpp ${CMAKE_CURRENT_LIST_DIR}/beast.cpp)
target_compile_definitions(kentongan_asio PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(kentongan_asio PUBLIC Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
set_target_properties(kentongan_asio PROPERTIES UNITY_BUILD OFF)
