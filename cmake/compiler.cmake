# Flags that every target of ours shares. Third-party headers come in as SYSTEM and are not judged.
add_library(kentongan_flags INTERFACE)
target_compile_options(kentongan_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wextra-semi
  -Wno-missing-field-initializers  # designated initialisers leave members at their defaults on purpose
  -Werror)
target_include_directories(kentongan_flags INTERFACE ${PROJECT_SOURCE_DIR})

# asan, tsan and release compile eight neighbouring files as one: headers and templates are read once for all of them.
# What an unnamed namespace names is then seen by the neighbours, too. A local name that hides one of theirs is no
# mistake; whether it hides one of its own file is judged in dev, where each file stands alone.
if(CMAKE_UNITY_BUILD)
  target_compile_options(kentongan_flags INTERFACE -Wno-shadow)
endif()

# Line tables are enough for stack traces and keep links short.
string(REPLACE "-g" "-g1" CMAKE_CXX_FLAGS_DEBUG "${CMAKE_CXX_FLAGS_DEBUG}")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

if(KENTONGAN_SANITIZE)
  # GCC sees uninitialised values in the code that the sanitizers add.
  add_compile_options(-fsanitize=${KENTONGAN_SANITIZE} -fno-omit-frame-pointer)
  target_compile_options(kentongan_flags INTERFACE -Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${KENTONGAN_SANITIZE})
  if(KENTONGAN_SANITIZE MATCHES thread)
    # Asio uses standalone fences, which TSan cannot follow; the Boost switch replaces them. Optimised a little, for the
    # load of its tests; address and undefined only compile longer with it.
    add_compile_options(-Wno-tsan -O1)
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
else()
  find_program(MOLD mold)
  if(MOLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_link_options(-fuse-ld=mold)
  endif()
endif()

# A room: a static library named kentongan_<name> of all given sources.
function(kentongan_room name)
  cmake_parse_arguments(room "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  if(NOT room_SOURCES)
    add_library(kentongan_${name} INTERFACE)
    return()
  endif()
  add_library(kentongan_${name} STATIC ${room_SOURCES})
  target_link_libraries(kentongan_${name} PUBLIC ${room_LINKS} PRIVATE kentongan_flags ${room_PRIVATE_LINKS})
  target_include_directories(kentongan_${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()
