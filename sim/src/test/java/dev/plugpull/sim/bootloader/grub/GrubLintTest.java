package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrubLintTest {

  private static List<GrubFinding> lint(String text) {
    return GrubLint.check(
        GrubScript.parse("grub.cfg", text),
        GrubConfig.stock("(hd0,gpt2)/EFI/ubuntu").without("increment"),
        Set.of("loaded"),
        path -> path.equals("/vmlinuz"));
  }

  @Test
  void eachKindWithItsPlace() {
    List<GrubFinding> findings =
        lint(
            """
            # comment
            if true && false; then
              echo $loaded $unset_one
            function later { echo $1; }
            later
            increment n
            menuentry 'x' {
              linux /vmlinuz root=$loaded
              initrd /initrd
              nosuch
            }
            """);
    assertThat(findings)
        .extracting(finding -> finding.kind() + " " + finding.where())
        .containsExactly(
            "SYNTAX_ERROR grub.cfg:2",
            "UNKNOWN_COMMAND grub.cfg:6",
            "NEVER_PROVIDED grub.cfg:9",
            "UNKNOWN_COMMAND grub.cfg:10",
            "NEVER_SET grub.cfg:3");
    assertThat(findings).allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty());
  }

  @Test
  void whatIsSetSomewhereOrByACommandIsFine() {
    assertThat(
            lint(
                """
                search --label x --set=dev
                search --set other --label x
                if ! regexp --set 1:part "(.*)" "$dev$other"; then echo no; fi
                for i in a b; do echo $i; done
                probe -s u --fs-uuid $root
                load_env -f /x one two
                echo "$part $u $one $two $later $prefix $?"
                later=1
                linux ($dev)/vmlinuz
                linux $dev/anything
                """))
        .isEmpty();
  }
}
