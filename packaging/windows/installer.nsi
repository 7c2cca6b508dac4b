; The installer for Windows: for one person, without an administrator. Built by makensis on Linux:
; dev.py package. VERSION, SOURCE (the program folder) and OUT come from there.
Unicode true
; 64-bit as the program is: where it could not run, its installer does not begin.
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
RequestExecutionLevel user
Name "DingComposer"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\DingComposer"
InstallDirRegKey HKCU "Software\DingComposer" "InstallDir"
BrandingText "DingComposer ${VERSION}"

!include "MUI2.nsh"
!include "FileFunc.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\DingComposer"
!define MUI_ICON "${SOURCE}/dingcomposer.ico"
!define MUI_UNICON "${SOURCE}/dingcomposer.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-m dingcomposer"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString DataQuestion ${LANG_ENGLISH} "Delete your robots, drafts, templates and the history of what was sent, too?$\r$\n$\r$\nNo keeps them for a later installation. Tokens and secrets stay in Windows' Credential Manager either way; delete the robots in the program first to remove those."
LangString DataQuestion ${LANG_SIMPCHINESE} "要把机器人、草稿、模板和发送记录也一起删除吗？$\r$\n$\r$\n选“否”会保留，以后重新安装还能用。Token 和密钥都保存在 Windows 的凭据管理器里，不会随之删除；要删除的话，请先在程序里删除机器人。"
LangString StillOpen ${LANG_ENGLISH} "DingComposer is still open. Close it, then try again."
LangString StillOpen ${LANG_SIMPCHINESE} "DingComposer 还开着，请先关闭再试。"
LangString Message ${LANG_ENGLISH} "DingComposer message"
LangString Message ${LANG_SIMPCHINESE} "DingComposer 消息"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "DingComposer"
VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "DingComposer setup"
VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "MIT licence"

!macro RefuseWhileOpen
  ; A program that runs holds its file: it cannot be written to.
  IfFileExists "$INSTDIR\pythonw.exe" 0 +6
    ClearErrors
    FileOpen $0 "$INSTDIR\pythonw.exe" a
    IfErrors 0 +3
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(StillOpen)" /SD IDOK
      Abort
    FileClose $0
!macroend

Section
  !insertmacro RefuseWhileOpen
  ; What an earlier version left behind goes; a person's data is elsewhere.
  RMDir /r "$INSTDIR\packages"
  RMDir /r "$INSTDIR\licences"
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\DingComposer.lnk" "$INSTDIR\pythonw.exe" "-m dingcomposer" "$INSTDIR\dingcomposer.ico"

  WriteRegStr HKCU "Software\DingComposer" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "DingComposer"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\dingcomposer.ico"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The DingComposer developers"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"

  WriteRegStr HKCU "Software\Classes\.dingmsg" "" "DingComposer.Message"
  WriteRegStr HKCU "Software\Classes\DingComposer.Message" "" "$(Message)"
  WriteRegStr HKCU "Software\Classes\DingComposer.Message\DefaultIcon" "" "$INSTDIR\dingcomposer.ico"
  WriteRegStr HKCU "Software\Classes\DingComposer.Message\shell\open\command" "" '"$INSTDIR\pythonw.exe" -m dingcomposer "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  !insertmacro RefuseWhileOpen
  ; Never by itself: without a person there to answer, the data stays.
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DataQuestion)" /SD IDNO IDNO keep
    RMDir /r "$LOCALAPPDATA\DingComposer"
  keep:
  Delete "$SMPROGRAMS\DingComposer.lnk"
  DeleteRegKey HKCU "Software\Classes\.dingmsg"
  DeleteRegKey HKCU "Software\Classes\DingComposer.Message"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\DingComposer"
  ; By name, not with /r on the whole: somebody may have chosen a folder that holds other things.
  RMDir /r "$INSTDIR\packages"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\*.dll"
  Delete "$INSTDIR\*.pyd"
  Delete "$INSTDIR\python*.*"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\dingcomposer.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
